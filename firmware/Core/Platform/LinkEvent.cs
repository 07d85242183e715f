namespace Firmware.Platform
{
    /// <summary>One thing that a port reports to the loop.</summary>
    public sealed class LinkEvent
    {
        /// <summary>Creates a signal.</summary>
        /// <param name="kind">What happened.</param>
        /// <param name="attempt">The attempt to join or to connect that it belongs to.</param>
        public LinkEvent(LinkEventKind kind, int attempt)
        {
            Kind = kind;
            Attempt = attempt;
        }

        /// <summary>What happened.</summary>
        public LinkEventKind Kind { get; }

        /// <summary>The attempt to join or to connect that it belongs to.</summary>
        public int Attempt { get; }

        /// <summary>Whether the broker still had the session, for a connection that was accepted.</summary>
        public bool HasSession { get; set; }

        /// <summary>Message id of an acknowledgement.</summary>
        public int MessageId { get; set; }

        /// <summary>Why, for a failure: for people.</summary>
        public string Detail { get; set; }

        /// <summary>Topic of a message.</summary>
        public string Topic { get; set; }

        /// <summary>Payload of a message.</summary>
        public byte[] Payload { get; set; }

        /// <summary>Whether the broker had kept the message from before the subscription.</summary>
        public bool IsRetained { get; set; }
    }
}
