namespace Firmware.HomeAssistant
{
    /// <summary>The discovery message that the broker retains, or may retain, on one topic.</summary>
    internal sealed class Announcement
    {
        internal readonly string Topic;

        /// <summary>Fingerprint of the retained message; 0 when it is not certain.</summary>
        internal int Fingerprint;

        /// <summary>Fingerprint once the next message is acknowledged.</summary>
        internal int NextFingerprint;

        /// <summary>Whether it is not in the file yet.</summary>
        internal bool IsNew;

        /// <summary>The entity to publish; null to remove the message.</summary>
        internal Entity Entity;

        /// <summary>Whether a message must be published: that of the entity, or an empty one.</summary>
        internal bool IsDue;

        internal Announcement(string topic, int fingerprint)
        {
            Topic = topic;
            Fingerprint = fingerprint;
        }
    }
}
