using System.Text;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Messaging
{
    /// <summary>Writes the presence messages, retained on the status topic, and the will.</summary>
    public sealed class Presence
    {
        private readonly BoardIdentity _identity;
        private readonly IClock _clock;
        private readonly string _version;
        private readonly int _bootCount;

        /// <summary>Creates the writer.</summary>
        /// <param name="identity">Which device.</param>
        /// <param name="clock">Time.</param>
        /// <param name="version">Version of the firmware.</param>
        /// <param name="bootCount">Number of this run.</param>
        public Presence(BoardIdentity identity, IClock clock, string version, int bootCount)
        {
            _identity = identity;
            _clock = clock;
            _version = version;
            _bootCount = bootCount;
        }

        /// <summary>The device is connected and listens.</summary>
        /// <param name="firstSequence">The first number of a telemetry pack that this run gives: those before are of earlier runs.</param>
        /// <returns>The payload.</returns>
        public byte[] Online(int firstSequence) => Write("online", true, firstSequence);

        /// <summary>The device left on purpose.</summary>
        /// <returns>The payload.</returns>
        public byte[] Offline() => Write("offline", true, 0);

        /// <summary>The will: the broker lost the device. Undated, since it is written before.</summary>
        /// <returns>UTF-8 text.</returns>
        public string Lost()
        {
            byte[] payload = Write("lost", false, 0);
            return Encoding.UTF8.GetString(payload, 0, payload.Length);
        }

        private byte[] Write(string state, bool dated, int firstSequence)
        {
            JsonWriter writer = new JsonWriter(160, 512);
            writer.BeginObject();
            writer.Name("state");
            writer.String(state);
            writer.Name("id");
            writer.String(_identity.DeviceId);
            writer.Name("version");
            writer.String(_version);
            writer.Name("boot");
            writer.Number(_bootCount);
            if (firstSequence != 0)
            {
                writer.Name("seq");
                writer.Number(firstSequence);
            }

            if (dated && _clock.IsSynchronized)
            {
                writer.Name("time");
                writer.Number(_clock.UtcSeconds);
            }

            writer.EndObject();
            return writer.ToArray();
        }
    }
}
