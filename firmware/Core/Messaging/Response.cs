namespace Firmware.Messaging
{
    /// <summary>A response and where it goes.</summary>
    public sealed class Response
    {
        // The queue's: when it goes, in milliseconds of uptime, and the one behind it.
        internal long DueAt;
        internal Response Next;

        /// <summary>Creates a response.</summary>
        /// <param name="client">Names the response topic.</param>
        /// <param name="payload">The JSON-RPC response.</param>
        public Response(string client, byte[] payload)
        {
            Client = client;
            Payload = payload;
        }

        /// <summary>Names the response topic.</summary>
        public readonly string Client;

        /// <summary>The JSON-RPC response.</summary>
        public readonly byte[] Payload;

        /// <summary>Seconds within which it must go, at a random moment; 0 for at once.</summary>
        public int Spread;

        /// <summary>Whether it responds to a client that may only read: nothing waits for it.</summary>
        public bool IsToQuery;
    }
}
