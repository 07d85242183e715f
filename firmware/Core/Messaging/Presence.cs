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

        /// <summary>Further members of "online" and "sleeping"; none at first.</summary>
        public IStatusMember[] Members = new IStatusMember[0];

        /// <summary>First number of a telemetry pack that this run gives: those before are of earlier runs. 0 when it is not known.</summary>
        public int FirstSequence;

        /// <summary>The will. It has no time, since it is written before.</summary>
        /// <returns>UTF-8 text.</returns>
        public string Lost()
        {
            JsonWriter writer = new JsonWriter(160, 512);
            Write(writer, PresenceState.Lost, 0);
            return Encoding.UTF8.GetString(writer.Buffer, 0, writer.Length);
        }

        /// <summary>Writes a presence message.</summary>
        /// <param name="writer">Receives one object.</param>
        /// <param name="state">The state.</param>
        /// <param name="until">For sleeping: epoch seconds of the latest possible wake that publishes next; 0 when the time is not known.</param>
        public void Write(JsonWriter writer, PresenceState state, long until)
        {
            bool hasMembers = state == PresenceState.Online || state == PresenceState.Sleeping;
            writer.BeginObject();
            writer.Member("state", Word(state));
            writer.Member("id", _identity.DeviceId);
            writer.Member("version", _version);
            writer.Member("boot", _bootCount);
            if (state == PresenceState.Online && FirstSequence != 0)
            {
                writer.Member("seq", FirstSequence);
            }

            if (until != 0)
            {
                writer.Member("until", until);
            }

            if (state != PresenceState.Lost && _clock.IsSynchronized)
            {
                writer.Member("time", _clock.UtcSeconds);
            }

            for (int i = 0; hasMembers && i < Members.Length; i++)
            {
                Write(writer, Members[i]);
            }

            writer.EndObject();
        }

        /// <summary>Writes a member, unless it has nothing to write.</summary>
        /// <param name="writer">Within an object.</param>
        /// <param name="member">The member.</param>
        public static void Write(JsonWriter writer, IStatusMember member)
        {
            string name = member.Name;
            if (name != null)
            {
                writer.Name(name);
                member.WriteTo(writer);
            }
        }

        private static string Word(PresenceState state)
        {
            switch (state)
            {
                case PresenceState.Online:
                    return "online";
                case PresenceState.Sleeping:
                    return "sleeping";
                case PresenceState.Offline:
                    return "offline";
                default:
                    return "lost";
            }
        }
    }
}
