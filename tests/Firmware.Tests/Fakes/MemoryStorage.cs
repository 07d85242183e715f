using System;
using System.Collections;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Files in memory; they outlive the devices that write them. It can be made to fail.</summary>
    public sealed class MemoryStorage : IStorage
    {
        private readonly Hashtable _files = new Hashtable();

        /// <summary>Whether nothing can be read.</summary>
        public bool ReadFails { get; set; }

        /// <summary>Whether nothing can be written.</summary>
        public bool WriteFails { get; set; }

        /// <summary>How many of the next appends fail.</summary>
        public int AppendFaults { get; set; }

        /// <summary>How many bytes of each of these are there all the same.</summary>
        public int Kept { get; set; }

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

        public bool Append(string name, byte[] data, int count)
        {
            if (WriteFails || AppendFaults > 0)
            {
                AppendFaults -= AppendFaults > 0 ? 1 : 0;
                if (Kept > 0)
                {
                    Add(name, data, Kept < count ? Kept : count);
                }

                return false;
            }

            Writes++;
            Add(name, data, count);
            return true;
        }

        public int ReadAt(string name, int position, byte[] buffer)
        {
            byte[] content = ReadFails ? null : (byte[])_files[name];
            int count = content == null ? 0 : content.Length - position;
            count = count < 0 ? 0 : count > buffer.Length ? buffer.Length : count;
            if (count > 0)
            {
                Array.Copy(content, position, buffer, 0, count);
            }

            return count;
        }

        public string[] List()
        {
            string[] names = Texts.New(_files.Count);
            _files.Keys.CopyTo(names, 0);
            return names;
        }

        public bool Delete(string name)
        {
            if (!WriteFails)
            {
                _files.Remove(name);
            }

            return !WriteFails;
        }

        /// <summary>Bytes of a file, 0 without one.</summary>
        public int Length(string name) => _files[name] == null ? 0 : ((byte[])_files[name]).Length;

        /// <summary>Leaves only the start of a file, as a write that a power cut tore.</summary>
        public void Truncate(string name, int length)
        {
            byte[] rest = new byte[length];
            Array.Copy((byte[])_files[name], rest, length);
            _files[name] = rest;
        }

        /// <summary>Flips the bits of a byte.</summary>
        public void Damage(string name, int at) => ((byte[])_files[name])[at] ^= 0xFF;

        public void Put(string name, string text) => _files[name] = Utf8.Bytes(text);

        public void Put(string name, byte[] content) => _files[name] = content;

        /// <summary>What a file holds, or null.</summary>
        public byte[] Content(string name) => (byte[])_files[name];

        /// <summary>Another storage with the same files. A change of one is none of the other.</summary>
        public MemoryStorage Copy()
        {
            MemoryStorage copy = new MemoryStorage();
            foreach (string name in List())
            {
                byte[] content = (byte[])_files[name];
                byte[] same = new byte[content.Length];
                Array.Copy(content, same, content.Length);
                copy.Put(name, same);
            }

            return copy;
        }

        /// <summary>What a file holds, binary or not, or null: a zero, which would end the text on a device, is a question mark.</summary>
        public string Text(string name)
        {
            byte[] shown = new byte[Length(name)];
            for (int i = 0; i < shown.Length; i++)
            {
                byte one = ((byte[])_files[name])[i];
                shown[i] = one == 0 ? (byte)'?' : one;
            }

            return _files[name] == null ? null : Utf8.Text(shown);
        }

        private void Add(string name, byte[] data, int count)
        {
            byte[] before = (byte[])_files[name] ?? new byte[0];
            byte[] after = new byte[before.Length + count];
            Array.Copy(before, after, before.Length);
            Array.Copy(data, 0, after, before.Length, count);
            _files[name] = after;
        }
    }
}
