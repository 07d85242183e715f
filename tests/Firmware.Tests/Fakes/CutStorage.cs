using System;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>Storage whose power fails at one write: that write is done or not, and none after it until power is back.</summary>
    public sealed class CutStorage : IStorage
    {
        private readonly MemoryStorage _files = new MemoryStorage();
        private int _left = int.MaxValue;
        private bool _isDone;

        /// <summary>Whether Read and Replace throw.</summary>
        public bool Throws { get; set; }

        /// <summary>Whether the power has failed.</summary>
        public bool IsOff { get; private set; }

        /// <summary>Writes that were tried.</summary>
        public int Writes { get; private set; }

        /// <summary>Bytes that were written.</summary>
        public int Bytes { get; private set; }

        /// <summary>Lets the power fail.</summary>
        /// <param name="write">At which write from now, from 1.</param>
        /// <param name="isDone">Whether the new content of that one is there afterwards.</param>
        public void CutAt(int write, bool isDone)
        {
            _left = write;
            _isDone = isDone;
        }

        /// <summary>Power is back.</summary>
        public void PowerOn()
        {
            IsOff = false;
            _left = int.MaxValue;
        }

        public byte[] Read(string name)
        {
            if (Throws)
            {
                throw new InvalidOperationException();
            }

            return _files.Read(name);
        }

        public bool Replace(string name, byte[] content)
        {
            if (Throws)
            {
                throw new InvalidOperationException();
            }

            if (IsOff)
            {
                return false;
            }

            Writes++;
            IsOff = --_left == 0;
            if (!IsOff || _isDone)
            {
                Bytes += content.Length;
                _files.Replace(name, content);
            }

            return !IsOff;
        }

        public bool Append(string name, byte[] data, int count) => false;

        public int ReadAt(string name, int position, byte[] buffer) => 0;

        public string[] List() => null;

        public bool Delete(string name) => false;
    }
}
