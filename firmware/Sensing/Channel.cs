using Firmware.Platform;

namespace Firmware.Sensing
{
    /// <summary>One stream of readings: a measurand of one sensor, under the name that goes over the wire.</summary>
    public sealed class Channel
    {
        /// <summary>Creates a channel.</summary>
        /// <param name="name">Its unique name, e.g. "temperature" or "temperature-77".</param>
        /// <param name="measurand">What is measured.</param>
        public Channel(string name, Measurand measurand)
        {
            Name = name;
            Measurand = measurand;
        }

        /// <summary>Its unique name.</summary>
        public string Name { get; }

        /// <summary>What is measured: unit, scale, range.</summary>
        public Measurand Measurand { get; }

        /// <summary>Whether the last measurement gave a plausible value.</summary>
        public bool IsValid { get; private set; }

        /// <summary>The last value, in the measurand's fixed point.</summary>
        public int Value { get; private set; }

        /// <summary>Uptime in milliseconds at which it was measured.</summary>
        public long MeasuredAt { get; private set; }

        /// <summary>Why the last value was refused, or null when it was plausible.</summary>
        public string Fault { get; private set; }

        internal void Accept(int value, long uptime)
        {
            Value = value;
            MeasuredAt = uptime;
            IsValid = true;
            Fault = null;
        }

        /// <summary>The sensor is gone. A fault that was told stays, so that its end is told too.</summary>
        internal void Lose() => IsValid = false;

        internal void Refuse(string reason)
        {
            IsValid = false;
            Fault = reason;
        }
    }
}
