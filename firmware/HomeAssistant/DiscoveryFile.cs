using System.Collections;
using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>
    /// Remembers the discovery messages, so that a later run can remove them: one line each, topic and fingerprint. A topic
    /// is written before its message is published, and erased after its removal is acknowledged. After a power cut at any
    /// moment the next run publishes or removes it again.
    /// </summary>
    internal sealed class DiscoveryFile
    {
        private const string File = "homeassistant";

        private readonly IStorage _storage;
        private readonly string _ownLevel;

        /// <summary>Creates the memory; the file is not read.</summary>
        /// <param name="storage">Has the file.</param>
        /// <param name="deviceId">Topics of other devices are ignored.</param>
        internal DiscoveryFile(IStorage storage, string deviceId)
        {
            _storage = storage;
            _ownLevel = "/" + deviceId + "/";
        }

        /// <summary>Reads the messages that the broker retains, or may retain.</summary>
        internal ArrayList Read()
        {
            ArrayList all = new ArrayList();
            byte[] file = CheckedFile.Read(_storage, File);
            if (file == null)
            {
                return all;
            }

            string[] lines = Encoding.UTF8.GetString(file, 0, file.Length).Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                string[] parts = lines[i].Split(' ');
                if (parts.Length == 2 && parts[0].IndexOf(_ownLevel) > 0)
                {
                    byte[] digits = Encoding.UTF8.GetBytes(parts[1]);
                    bool isKnown = FixedPoint.TryParse(digits, 0, digits.Length, 0, out long print);
                    all.Add(new Announcement(parts[0], isKnown ? (int)print : 0));
                }
            }

            return all;
        }

        /// <summary>Writes the messages that the broker retains, or may retain.</summary>
        /// <returns>False when storage has failed.</returns>
        internal bool Write(ArrayList all)
        {
            if (all.Count == 0)
            {
                return _storage.Delete(File);
            }

            StringBuilder text = new StringBuilder();
            for (int i = 0; i < all.Count; i++)
            {
                Announcement entry = (Announcement)all[i];
                text.Append(entry.Topic);
                text.Append(" ");
                text.Append(entry.Fingerprint.ToString());
                text.Append("\n");
            }

            return CheckedFile.Replace(_storage, File, Encoding.UTF8.GetBytes(text.ToString()));
        }
    }
}
