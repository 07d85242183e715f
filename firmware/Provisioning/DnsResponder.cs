namespace Firmware.Provisioning
{
    /// <summary>Gives the device's own address for every name (RFC 1035), so that a phone finds the page when it looks for the internet.</summary>
    internal static class DnsResponder
    {
        private const int HeaderLength = 12;
        private const int MaxLabel = 63;
        private const int MaxName = 255;
        private const int AnswerLength = 16;
        private const int TypeAddress = 1;
        private const int Any = 255;
        private const int TtlSeconds = 10;

        /// <summary>Answers a query in its own buffer: an address with 192.168.4.1, another type with nothing.</summary>
        /// <param name="packet">Holds it.</param>
        /// <param name="count">Its length.</param>
        /// <returns>Length of the answer; 0 for none.</returns>
        public static int Answer(byte[] packet, int count)
        {
            // A query with one question.
            if (count <= HeaderLength || (packet[2] & 0xFA) != 0 || packet[4] != 0 || packet[5] != 1)
            {
                return 0;
            }

            int at = HeaderLength;
            while (at < count && packet[at] != 0)
            {
                int length = packet[at];
                at += length + 1;
                if (length > MaxLabel || at - HeaderLength >= MaxName)
                {
                    return 0;
                }
            }

            int end = at + 5;
            if (end > count || end + AnswerLength > packet.Length)
            {
                return 0;
            }

            int type = (packet[at + 1] << 8) | packet[at + 2];
            int space = (packet[at + 3] << 8) | packet[at + 4];
            bool isAddress = (type == TypeAddress || type == Any) && (space == 1 || space == Any);
            packet[2] = (byte)(0x84 | (packet[2] & 1)); // a response, authoritative
            packet[3] = 0;
            for (int i = 6; i < HeaderLength; i++)
            {
                packet[i] = 0;
            }

            if (!isAddress)
            {
                return end;
            }

            packet[7] = 1;
            for (int i = end; i < end + AnswerLength; i++)
            {
                packet[i] = 0;
            }

            packet[end] = 0xC0; // the name of the question
            packet[end + 1] = HeaderLength;
            packet[end + 3] = TypeAddress;
            packet[end + 5] = 1;
            packet[end + 9] = TtlSeconds;
            packet[end + 11] = 4;
            packet[end + 12] = 192;
            packet[end + 13] = 168;
            packet[end + 14] = 4;
            packet[end + 15] = 1;
            return end + AnswerLength;
        }
    }
}
