using System.Collections;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Files in memory; they outlive the devices that write them. It can be made to fail.</summary>
    internal sealed class MemoryStorage : IStorage
    {
        private readonly Hashtable _files = new Hashtable();

        /// <summary>Whether nothing can be read.</summary>
        public bool ReadFails { get; set; }

        /// <summary>Whether nothing can be written.</summary>
        public bool WriteFails { get; set; }

        /// <summary>Writes that were done.</summary>
        public int Writes { get; private set; }

        public byte[] Read(string name)
        {
            byte[] content = ReadFails ? null : (byte[])_files[name];
            return content == null || content.Length == 0 ? null : content;
        }

        public bool Replace(string name, byte[] content)
        {
            if (WriteFails)
            {
                return false;
            }

            Writes++;
            _files[name] = content;
            return true;
        }

        public void Put(string name, string text) => _files[name] = Utf8.Bytes(text);

        public string Text(string name) => Utf8.Text((byte[])_files[name]);
    }
}
