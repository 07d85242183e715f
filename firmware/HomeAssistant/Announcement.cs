namespace Firmware.HomeAssistant
{
    /// <summary>What the broker keeps, or may keep, for Home Assistant on one topic.</summary>
    internal sealed class Announcement
    {
        internal Announcement(string topic, int print)
        {
            Topic = topic;
            Print = print;
        }

        /// <summary>The topic.</summary>
        internal string Topic { get; }

        /// <summary>Fingerprint of what the broker has; 0 when that is not certain.</summary>
        internal int Print { get; set; }

        /// <summary>Whether it is not on flash yet.</summary>
        internal bool IsNew { get; set; }

        /// <summary>What is to be announced, or null when it is not wanted any more.</summary>
        internal Entity Entity { get; set; }

        /// <summary>The fingerprint once it is announced.</summary>
        internal int NextPrint { get; set; }

        /// <summary>Whether a message has to go: an announcement, or without an entity a removal.</summary>
        internal bool IsDue { get; set; }
    }
}
