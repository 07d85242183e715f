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
    /// moment the next run publishes or removes it again. The device and each of its children have a file of their own.
    /// </summary>
    internal sealed class DiscoveryFile
    {
        /// <summary>The file of the device, and what the names of the others begin with.</summary>
        internal const string Own = "homeassistant";

        private const string Separator = "-";

        /// <summary>The file in use.</summary>
        internal string Name = Own;

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

        /// <summary>The file of a child: of its checksum, since its name may be longer than that of a file.</summary>
        internal static string NameOf(ReadingGroup child)
        {
            byte[] name = Encoding.UTF8.GetBytes(child.Name);
            return Own + Separator + Crc32.Of(name, 0, name.Length).ToString();
        }

        /// <summary>Finds a file of a child that is gone.</summary>
        /// <param name="children">The children that there are; null for none.</param>
        /// <returns>Its name; null for none.</returns>
        internal string FindGone(ReadingGroup[] children)
        {
            string[] files = _storage.List();
            for (int i = 0; files != null && i < files.Length; i++)
            {
                // Behind a dot is what a write has left that the power cut short.
                string name = files[i].Split('.')[0];
                bool isGone = name.IndexOf(Own + Separator) == 0;
                for (int j = 0; isGone && children != null && j < children.Length; j++)
                {
                    isGone = name != NameOf(children[j]);
                }

                if (isGone)
                {
                    return name;
                }
            }

            return null;
        }

        /// <summary>Reads the messages that the broker retains, or may retain.</summary>
        internal ArrayList Read()
        {
            ArrayList all = new ArrayList();
            byte[] file = CheckedFile.Read(_storage, Name);
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
                return _storage.Delete(Name);
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

            return CheckedFile.Replace(_storage, Name, Encoding.UTF8.GetBytes(text.ToString()));
        }
    }
}
