namespace Firmware.Platform
{
    /// <summary>An event that a port reports to the loop.</summary>
    public sealed class LinkEvent
    {
        /// <summary>The detail of a join that was not tried, because another one is under way.</summary>
        public const string Busy = "the previous attempt has not ended";

        // The inbox's: the one behind it.
        internal LinkEvent Next;

        /// <summary>Creates an event.</summary>
        /// <param name="kind">What happened.</param>
        /// <param name="attempt">The attempt to join or to connect that it belongs to.</param>
        public LinkEvent(LinkEventKind kind, int attempt)
        {
            Kind = kind;
            Attempt = attempt;
        }

        /// <summary>What happened.</summary>
        public readonly LinkEventKind Kind;

        /// <summary>The attempt to join or to connect that it belongs to.</summary>
        public readonly int Attempt;

        /// <summary>Whether the broker still had the session, for a connection that was accepted.</summary>
        public bool HasSession;

        /// <summary>Message id of an acknowledgement.</summary>
        public int MessageId;

        /// <summary>Why, for a failure: for people.</summary>
        public string Detail;

        /// <summary>Topic of a message.</summary>
        public string Topic;

        /// <summary>Payload of a message, or the codes of a SUBACK.</summary>
        public byte[] Payload;

        /// <summary>Whether the broker had kept the message from before the subscription.</summary>
        public bool IsRetained;

        /// <summary>Whether the broker has sent the message before (MQTT 3.1.1, section 3.3.1.1).</summary>
        public bool IsDuplicate;
    }
}
