using Firmware.Json;

namespace Firmware.Messaging
{
    /// <summary>A member of the status beside the state: e.g. health, states of relays.</summary>
    public interface IStatusMember
    {
        /// <summary>Name of the member; null while there is nothing to write.</summary>
        string Name { get; }

        /// <summary>Writes one value of at most 500 bytes.</summary>
        /// <param name="writer">Receives it.</param>
        void WriteTo(JsonWriter writer);
    }
}
