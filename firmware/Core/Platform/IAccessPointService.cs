namespace Firmware.Platform
{
    /// <summary>What is said on the access point. The board's worker calls it, one call at a time.</summary>
    public interface IAccessPointService
    {
        /// <summary>Answers a packet of DHCP (RFC 2131) in its own buffer.</summary>
        /// <param name="packet">Holds the packet; 576 bytes.</param>
        /// <param name="count">Its length.</param>
        /// <returns>Length of the answer, to be broadcast; 0 for none.</returns>
        int AnswerDhcp(byte[] packet, int count);

        /// <summary>Answers a packet of DNS (RFC 1035) in its own buffer.</summary>
        /// <param name="packet">Holds the packet; 576 bytes.</param>
        /// <param name="count">Its length.</param>
        /// <returns>Length of the answer; 0 for none.</returns>
        int AnswerDns(byte[] packet, int count);

        /// <summary>A client of HTTP has connected: what an earlier one sent is forgotten.</summary>
        void Begin();

        /// <summary>Takes what the client has sent.</summary>
        /// <param name="data">Holds the bytes.</param>
        /// <param name="count">How many.</param>
        /// <returns>Whether the request is complete, or cannot become one: a response follows.</returns>
        bool Receive(byte[] data, int count);

        /// <summary>Gives the next bytes of the response.</summary>
        /// <param name="buffer">Receives them.</param>
        /// <returns>How many; 0 while the device has no response yet, -1 at the end.</returns>
        int Next(byte[] buffer);
    }
}
