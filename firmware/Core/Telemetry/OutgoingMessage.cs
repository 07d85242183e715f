using System.Text;
using Firmware.Json;

namespace Firmware.Telemetry
{
    /// <summary>The message that a source fills in. The publisher has one and uses it again for each message.</summary>
    public sealed class OutgoingMessage
    {
        // Larger than any message of ours: a source keeps within its own limit.
        private const int MaxPayload = 8192;

        // The memory of a longer message is given back before the next one.
        private const int MostKept = 520;

        /// <summary>For the payload: empty at first. Not used when <see cref="Payload"/> is set.</summary>
        public readonly JsonWriter Writer = new JsonWriter(256, MaxPayload);

        /// <summary>The topic. Null at first.</summary>
        public string Topic;

        /// <summary>A payload that exists already; null for that of <see cref="Writer"/>.</summary>
        public byte[] Payload;

        /// <summary>Whether the broker keeps the message for later subscribers.</summary>
        public bool IsRetained;

        /// <summary>Uptime in milliseconds.</summary>
        public long Now;

        // Of a packet, around topic and payload: fixed header, length of the topic, message id, properties.
        private const int PacketOverhead = 10;

        /// <summary>Bytes that the packet may have: the broker's limit.</summary>
        public int Limit = int.MaxValue;

        /// <summary>Tells whether a payload and the topic fit the limit.</summary>
        /// <param name="length">Bytes of the payload.</param>
        /// <returns>Whether they do.</returns>
        public bool Fits(int length) => length + Encoding.UTF8.GetBytes(Topic).Length + PacketOverhead <= Limit;

        internal void Clear(long now)
        {
            if (Writer.Buffer.Length > MostKept)
            {
                Writer.Release();
            }
            else
            {
                Writer.Clear();
            }

            Topic = null;
            Payload = null;
            IsRetained = false;
            Now = now;
        }
    }
}
