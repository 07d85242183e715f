using System;
using System.Collections;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A pin whose driver fails when the test says so.</summary>
    public sealed class FakePin : IOutputPin
    {
        private readonly ArrayList _levels = new ArrayList();

        public FakePin()
        {
        }

        public FakePin(bool isHigh)
        {
            _levels.Add(isHigh);
        }

        /// <summary>How many of the next writes are refused.</summary>
        public int Failures { get; set; }

        /// <summary>Whether Write throws.</summary>
        public bool Throws { get; set; }

        public bool IsHigh => _levels.Count > 0 && (bool)_levels[_levels.Count - 1];

        /// <summary>What was driven from the first moment on: H and L.</summary>
        public string History
        {
            get
            {
                string text = string.Empty;
                for (int i = 0; i < _levels.Count; i++)
                {
                    text += (bool)_levels[i] ? "H" : "L";
                }

                return text;
            }
        }

        public bool Write(bool isHigh)
        {
            if (Throws)
            {
                throw new InvalidOperationException();
            }

            if (Failures > 0)
            {
                Failures--;
                return false;
            }

            _levels.Add(isHigh);
            return true;
        }
    }
}
