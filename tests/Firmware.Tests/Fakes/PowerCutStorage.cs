using System;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Storage of a limited size whose power goes at one write: replacing, adding, and deleting alike.</summary>
    public sealed class PowerCutStorage : IStorage
    {
        private readonly int _capacity;
        private int _left;

        /// <param name="files">What outlives the cut.</param>
        /// <param name="write">The write at which the power goes, from 1; 0 for never.</param>
        /// <param name="written">How much of that write is there afterwards: 0 nothing, 1 half of it, 2 all of it.</param>
        /// <param name="capacity">Bytes of all files together.</param>
        public PowerCutStorage(MemoryStorage files, int write, int written, int capacity)
        {
            Files = files;
            _left = write;
            Written = written;
            _capacity = capacity;
        }

        /// <summary>What outlives the cut.</summary>
        public MemoryStorage Files { get; }

        public int Written { get; }

        /// <summary>Whether the power has gone.</summary>
        public bool IsOff { get; private set; }

        /// <summary>Writes that were begun.</summary>
        public int Writes { get; private set; }

        /// <summary>Bytes that were added, with what was deleted since.</summary>
        public int Added { get; private set; }

        public byte[] Read(string name) => Files.Read(name);

        public bool Replace(string name, byte[] content)
        {
            // One step: half of it is not seen.
            if (Begin() || Written == 2)
            {
                Files.Replace(name, content);
            }

            Check();
            return true;
        }

        public bool Append(string name, byte[] data, int count)
        {
            if (Used + count > _capacity)
            {
                return false;
            }

            bool isDone = Begin();
            int added = isDone || Written == 2 ? count : Written == 1 ? count / 2 : 0;
            if (added > 0)
            {
                Added += added;
                Files.Append(name, data, added);
            }

            Check();
            return true;
        }

        public int ReadAt(string name, int position, byte[] buffer) => Files.ReadAt(name, position, buffer);

        public string[] List() => Files.List();

        public bool Delete(string name)
        {
            if (Begin() || Written == 2)
            {
                Files.Delete(name);
            }

            Check();
            return true;
        }

        private int Used
        {
            get
            {
                int used = 0;
                foreach (string name in Files.List())
                {
                    used += Files.Length(name);
                }

                return used;
            }
        }

        private bool Begin()
        {
            if (IsOff)
            {
                throw new InvalidOperationException("written without power");
            }

            Writes++;
            IsOff = --_left == 0;
            return !IsOff;
        }

        private void Check()
        {
            if (IsOff)
            {
                throw new InvalidOperationException("power cut");
            }
        }
    }
}
