using System;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Storage whose power goes in the middle of a write.</summary>
    public sealed class CuttingStorage : IStorage
    {
        /// <summary>As <see cref="Written"/>: all bytes were written before the power went.</summary>
        public const int Whole = -1;

        private readonly MemoryStorage _files;
        private int _left;

        /// <param name="files">What outlives the cut.</param>
        /// <param name="write">The write in which the power goes, from 1; 0 for never.</param>
        /// <param name="written">How many of its bytes were written before; -2 if the old content is untouched.</param>
        public CuttingStorage(MemoryStorage files, int write, int written)
        {
            _files = files;
            _left = write;
            Written = written;
        }

        public int Written { get; }

        /// <summary>What outlives the cut.</summary>
        public MemoryStorage Files => _files;

        /// <summary>Writes that were begun.</summary>
        public int Writes { get; private set; }

        public byte[] Read(string name) => _files.Read(name);

        public bool Replace(string name, byte[] content)
        {
            Writes++;
            if (--_left != 0)
            {
                return _files.Replace(name, content);
            }

            if (Written >= Whole)
            {
                _files.Replace(name, content);
            }

            if (Written >= 0)
            {
                _files.Truncate(name, Written < content.Length ? Written : content.Length);
            }

            throw new InvalidOperationException("power cut");
        }

        public bool Append(string name, byte[] data, int count) => _files.Append(name, data, count);

        public int ReadAt(string name, int position, byte[] buffer) => _files.ReadAt(name, position, buffer);

        public string[] List() => _files.List();

        public bool Delete(string name) => _files.Delete(name);
    }
}
