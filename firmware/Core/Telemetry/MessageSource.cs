namespace Firmware.Telemetry
{
    /// <summary>
    /// A source of messages. The publisher takes its next message when connection, rank and budget allow, and reports
    /// whether it was acknowledged. One message of a source is in flight at a time.
    /// </summary>
    /// <remarks>What the publisher looks at in each step are fields: a call costs three times a field on the interpreter.</remarks>
    public abstract class MessageSource
    {
        /// <summary>Whether there is a message that is not in flight. The source sets it; the publisher clears it when it sends.</summary>
        public bool IsWaiting;

        /// <summary>Whether it goes before the sources of a higher rank: for alarms, among events alone.</summary>
        public bool IsUrgent;

        /// <summary>Whether its messages count against the publish budget.</summary>
        public readonly bool IsBudgeted;

        /// <summary>Whether a message is finished only when the broker has acknowledged it. Otherwise it is when it is sent.</summary>
        public readonly bool AwaitsAcknowledgement;

        // The publisher's: id of the message in flight, 0 without one; uptime at which its acknowledgement is overdue;
        // uptime before which a source that threw is left alone, and for how long.
        internal int MessageId;
        internal long AcknowledgeBy;
        internal long RetryAt;
        internal int Pause;
        internal int Rank;

        /// <summary>Creates a source; the publisher gets to know it by <c>Publisher.Add</c>.</summary>
        /// <param name="isBudgeted">See <see cref="IsBudgeted"/>.</param>
        /// <param name="awaitsAcknowledgement">See <see cref="AwaitsAcknowledgement"/>.</param>
        protected MessageSource(bool isBudgeted, bool awaitsAcknowledgement)
        {
            IsBudgeted = isBudgeted;
            AwaitsAcknowledgement = awaitsAcknowledgement;
        }

        /// <summary>Whether a message was sent and is not acknowledged yet.</summary>
        public bool IsInFlight => MessageId != 0;

        /// <summary>Writes the next message.</summary>
        /// <param name="message">Receives topic, payload and whether it is retained.</param>
        /// <returns>False when there is none after all.</returns>
        public abstract bool Encode(OutgoingMessage message);

        /// <summary>The message is finished. A source that has more sets <see cref="IsWaiting"/>.</summary>
        public virtual void Acknowledged()
        {
        }

        /// <summary>
        /// The message was not sent, not acknowledged in time, or lost with the connection. By default the source is asked
        /// again, and writes the same message. <see cref="IsInFlight"/> is true if it was sent.
        /// </summary>
        public virtual void Failed() => IsWaiting = true;

        /// <summary>The message that was encoded last is larger than the broker takes: it is dropped, because it would be so again.</summary>
        public virtual void TooLarge() => Acknowledged();
    }
}
