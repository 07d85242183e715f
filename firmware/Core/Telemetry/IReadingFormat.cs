using Firmware.Json;

namespace Firmware.Telemetry
{
    /// <summary>How the readings of the outbox are written: a message is begun, gets its readings, is ended.</summary>
    internal interface IReadingFormat
    {
        /// <summary>Begins a message.</summary>
        /// <param name="writer">Receives it; empty.</param>
        /// <param name="number">The number of its pack.</param>
        /// <param name="known">What is known of its time.</param>
        /// <param name="time">Its time in epoch seconds, if that is known.</param>
        void Begin(JsonWriter writer, int number, ReadingTime known, long time);

        /// <summary>Writes a reading.</summary>
        /// <param name="writer">Receives it.</param>
        /// <param name="data">Holds its frame, see <see cref="OutboxRecord"/>.</param>
        /// <param name="at">Where the frame begins.</param>
        /// <param name="size">The frame's length.</param>
        /// <param name="seconds">When it was taken: after the message's time, or after now if that is not known.</param>
        void Write(JsonWriter writer, byte[] data, int at, int size, long seconds);

        /// <summary>Ends the message.</summary>
        /// <param name="writer">Receives it.</param>
        void End(JsonWriter writer);
    }
}
