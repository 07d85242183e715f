using Firmware.Json;

namespace Firmware.Messaging
{
    /// <summary>Something that the status tells besides the state: how the device is doing, where its relays are.</summary>
    public interface IStatusMember
    {
        /// <summary>Name of the member.</summary>
        string Name { get; }

        /// <summary>Writes one object of at most 500 bytes.</summary>
        /// <param name="writer">Receives it.</param>
        void WriteTo(JsonWriter writer);
    }
}
