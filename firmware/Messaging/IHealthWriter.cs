using Firmware.Json;

namespace Firmware.Messaging
{
    /// <summary>Tells how the device is doing, for its status.</summary>
    public interface IHealthWriter
    {
        /// <summary>Writes one object of at most 300 bytes.</summary>
        /// <param name="writer">Receives it.</param>
        void WriteTo(JsonWriter writer);
    }
}
