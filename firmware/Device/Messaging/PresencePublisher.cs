using Firmware.Telemetry;

namespace Firmware.Messaging
{
    /// <summary>Publishes presence, retained on the status topic, until the broker has acknowledged it.</summary>
    public sealed class PresencePublisher : MessageSource
    {
        private readonly Presence _presence;
        private readonly Topics _topics;
        private long _until;

        internal PresencePublisher(Presence presence, Topics topics)
            : base(false, true)
        {
            _presence = presence;
            _topics = topics;
        }

        /// <summary>What was announced last; <see cref="PresenceState.Lost"/> before.</summary>
        public PresenceState State = PresenceState.Lost;

        /// <summary>Whether the broker has acknowledged what was announced last.</summary>
        public bool IsConfirmed;

        /// <summary>Announces a state from now on: it is published as soon as the connection allows, and repeated until it is acknowledged.</summary>
        /// <param name="state">The state.</param>
        /// <param name="until">For <see cref="PresenceState.Sleeping"/>: epoch seconds of the wake that publishes next; 0 when the time is not known.</param>
        public void Announce(PresenceState state, long until)
        {
            State = state;
            _until = until;
            IsConfirmed = false;
            IsWaiting = true;
        }

        /// <summary>Publishes "online" again if that is the state, because its other members have changed.</summary>
        public void Refresh()
        {
            if (State == PresenceState.Online && (IsConfirmed || IsWaiting || IsInFlight))
            {
                Announce(State, 0);
            }
        }

        /// <inheritdoc/>
        public override bool Encode(OutgoingMessage message)
        {
            message.Topic = _topics.Status;
            message.IsRetained = true;
            _presence.Write(message.Writer, State, _until);
            return true;
        }

        /// <inheritdoc/>
        public override void Acknowledged() => IsConfirmed = !IsWaiting;
    }
}
