using Firmware.Json;

namespace Firmware.Messaging
{
    /// <summary>A member of the status beside the state: e.g. health, states of relays.</summary>
    public interface IStatusMember
    {
        /// <summary>Name of the member.</summary>
        string Name { get; }

        /// <summary>Writes one object of at most 500 bytes.</summary>
        /// <param name="writer">Receives it.</param>
        void WriteTo(JsonWriter writer);
    }
}
