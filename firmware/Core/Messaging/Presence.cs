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
        private readonly IStatusMember[] _members;
        private readonly IStatusMember[] _none = new IStatusMember[0];

        /// <summary>Creates the writer.</summary>
        /// <param name="identity">Which device.</param>
        /// <param name="clock">Time.</param>
        /// <param name="version">Version of the firmware.</param>
        /// <param name="bootCount">Number of this run.</param>
        /// <param name="members">What "online" tells besides.</param>
        public Presence(BoardIdentity identity, IClock clock, string version, int bootCount, IStatusMember[] members)
        {
            _identity = identity;
            _clock = clock;
            _version = version;
            _bootCount = bootCount;
            _members = members;
        }

        /// <summary>The device is connected and listens.</summary>
        /// <param name="firstSequence">The first number of a telemetry pack that this run gives: those before are of earlier runs.</param>
        /// <returns>The payload.</returns>
        public byte[] Online(int firstSequence) => Write("online", true, firstSequence, 0, _members);

        /// <summary>The device left on purpose.</summary>
        /// <returns>The payload.</returns>
        public byte[] Offline() => Write("offline", true, 0, 0, _none);

        /// <summary>The device sleeps, and will be back.</summary>
        /// <param name="until">Epoch seconds of the wake in which it will be heard again at the latest; 0 when the time is not known.</param>
        /// <returns>The payload.</returns>
        public byte[] Sleeping(long until) => Write("sleeping", true, 0, until, _members);

        /// <summary>The will: the broker lost the device. Undated, since it is written before.</summary>
        /// <returns>UTF-8 text.</returns>
        public string Lost()
        {
            byte[] payload = Write("lost", false, 0, 0, _none);
            return Encoding.UTF8.GetString(payload, 0, payload.Length);
        }

        private byte[] Write(string state, bool dated, int firstSequence, long until, IStatusMember[] members)
        {
            JsonWriter writer = new JsonWriter(members.Length == 0 ? 160 : 400, 2048);
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

            if (until != 0)
            {
                writer.Name("until");
                writer.Number(until);
            }

            if (dated && _clock.IsSynchronized)
            {
                writer.Name("time");
                writer.Number(_clock.UtcSeconds);
            }

            for (int i = 0; i < members.Length; i++)
            {
                writer.Name(members[i].Name);
                members[i].WriteTo(writer);
            }

            writer.EndObject();
            return writer.ToArray();
        }
    }
}
