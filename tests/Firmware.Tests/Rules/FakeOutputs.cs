using Firmware.Actuation;

namespace Firmware.Tests.Rules
{
    /// <summary>Outputs that remember what they were driven to.</summary>
    internal sealed class FakeOutputs : IOutputs
    {
        private readonly string[] _names;
        private readonly int[] _levels;

        internal FakeOutputs(params string[] names)
        {
            _names = names;
            _levels = new int[names.Length];
        }

        /// <summary>Each call, as "heater=100 " or "heater=100/500ms ".</summary>
        internal string Calls { get; set; } = string.Empty;

        /// <summary>Why nothing can be driven; null when it can.</summary>
        internal string Refusal { get; set; }

        internal string LastCause { get; private set; }

        public int Count => _names.Length;

        public int IndexOf(string name)
        {
            for (int i = 0; i < _names.Length; i++)
            {
                if (_names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }

        public string NameOf(int output) => _names[output];

        public bool HasLevels(int output) => true;

        public int LevelOf(int output) => _levels[output];

        public bool HasFailed(int output) => false;

        public void Release(int output, string cause)
        {
            Calls += _names[output] + " safe ";
            _levels[output] = 0;
        }

        public string Drive(int output, int level, int milliseconds, string cause)
        {
            Calls += _names[output] + "=" + level + (milliseconds > 0 ? "/" + milliseconds + "ms " : " ");
            LastCause = cause;
            if (Refusal == null)
            {
                _levels[output] = level;
            }

            return Refusal;
        }
    }
}
