using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Inputs
{
    /// <summary>An input of a pin.</summary>
    internal abstract class Input
    {
        internal readonly InputRule Rule;

        /// <summary>Index of its first channel among those of the module.</summary>
        internal int At;

        protected Input(InputRule rule)
        {
            Rule = rule;
        }

        /// <summary>How many channels it has.</summary>
        internal virtual int Count => 1;

        /// <summary>Whether its pin can be used.</summary>
        internal abstract bool IsOpen { get; }

        /// <summary>Describes a channel. Its ends are never reached: a value at an end counts as one of a failed measurement.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        internal virtual Measurand Describe(int index) => new Measurand(Rule.Name, Rule.Unit, 3, int.MinValue, int.MaxValue);

        /// <summary>Measures.</summary>
        /// <param name="values">Receives its values, from <see cref="At"/>.</param>
        /// <param name="valid">Receives whether they are.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        internal abstract void Read(int[] values, bool[] valid, long now);

        /// <summary>Writes its members in the list of inputs.</summary>
        internal abstract void Write(JsonWriter writer);

        internal virtual void Close()
        {
        }
    }
}
