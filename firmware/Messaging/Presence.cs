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
        private readonly IHealthWriter _health;

        /// <summary>Creates the writer.</summary>
        /// <param name="identity">Which device.</param>
        /// <param name="clock">Time.</param>
        /// <param name="version">Version of the firmware.</param>
        /// <param name="bootCount">Number of this run.</param>
        public Presence(BoardIdentity identity, IClock clock, string version, int bootCount)
            : this(identity, clock, version, bootCount, null)
        {
        }

        /// <summary>Creates the writer.</summary>
        /// <param name="identity">Which device.</param>
        /// <param name="clock">Time.</param>
        /// <param name="version">Version of the firmware.</param>
        /// <param name="bootCount">Number of this run.</param>
        /// <param name="health">Writes the member "health" of "online"; null for none.</param>
        public Presence(BoardIdentity identity, IClock clock, string version, int bootCount, IHealthWriter health)
        {
            _identity = identity;
            _clock = clock;
            _version = version;
            _bootCount = bootCount;
            _health = health;
        }

        /// <summary>The device is connected and listens.</summary>
        /// <param name="firstSequence">The first number of a telemetry pack that this run gives: those before are of earlier runs.</param>
        /// <returns>The payload.</returns>
        public byte[] Online(int firstSequence) => Write("online", true, firstSequence, _health);

        /// <summary>The device left on purpose.</summary>
        /// <returns>The payload.</returns>
        public byte[] Offline() => Write("offline", true, 0, null);

        /// <summary>The will: the broker lost the device. Undated, since it is written before.</summary>
        /// <returns>UTF-8 text.</returns>
        public string Lost()
        {
            byte[] payload = Write("lost", false, 0, null);
            return Encoding.UTF8.GetString(payload, 0, payload.Length);
        }

        private byte[] Write(string state, bool dated, int firstSequence, IHealthWriter health)
        {
            JsonWriter writer = new JsonWriter(health == null ? 160 : 400, 1024);
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

            if (health != null)
            {
                writer.Name("health");
                health.WriteTo(writer);
            }

            writer.EndObject();
            return writer.ToArray();
        }
    }
}
