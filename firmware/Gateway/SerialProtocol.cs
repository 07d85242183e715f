using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Gateway
{
    /// <summary>What is spoken on the serial line. One instance serves the line; the loop calls it.</summary>
    internal abstract class SerialProtocol
    {
        /// <summary>Why nothing can be sent.</summary>
        protected const string NoLine = "the serial line cannot be used";

        /// <summary>Why nothing is sent any more.</summary>
        protected const string Stopped = "the device stops";

        /// <summary>The children.</summary>
        protected readonly Children Children;

        /// <summary>The serial line.</summary>
        protected readonly ISerialPort Port;

        /// <summary>Creates a protocol; opens nothing.</summary>
        protected SerialProtocol(Children children, ISerialPort port)
        {
            Children = children;
            Port = port;
        }

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work; <see cref="long.MaxValue"/> for never.</summary>
        public abstract long DueAt { get; }

        /// <summary>Takes what has come in.</summary>
        /// <param name="buffer">Begins with the bytes; is used again after the call.</param>
        /// <param name="count">How many.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public abstract void Receive(byte[] buffer, int count, long now);

        /// <summary>Does what time has made due.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public abstract void Tick(long now);

        /// <summary>Has a value written soon.</summary>
        /// <param name="child">The child.</param>
        /// <param name="place">The channel's place in its layout.</param>
        /// <param name="value">The value with the channel's decimal places.</param>
        /// <returns>False when too many wait.</returns>
        public virtual bool Write(int child, int place, int value) => false;

        /// <summary>Whether a value waits to be written, or is being written.</summary>
        /// <param name="child">The child.</param>
        /// <param name="place">The channel's place in its layout.</param>
        public virtual bool IsWaiting(int child, int place) => false;

        /// <summary>Gives up the values that wait to be written.</summary>
        public virtual void Stop()
        {
        }

        /// <summary>Writes what was counted of the line, as members.</summary>
        /// <param name="writer">Receives them.</param>
        public virtual void WriteStatus(JsonWriter writer)
        {
        }
    }
}
