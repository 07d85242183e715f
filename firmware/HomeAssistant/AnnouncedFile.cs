using System.Collections;
using System.Text;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.HomeAssistant
{
    /// <summary>
    /// Remembers what was announced, so that it can be removed by another run: a line for each, topic and fingerprint.
    /// A topic is written before its announcement goes out and erased after its removal has arrived. So a power cut at any
    /// moment makes the next run announce or remove once more, and never forget.
    /// </summary>
    internal sealed class AnnouncedFile
    {
        private const string File = "homeassistant";

        private readonly IStorage _storage;
        private readonly string _mark;

        /// <summary>Creates the memory; nothing is read yet.</summary>
        /// <param name="storage">Where the file is.</param>
        /// <param name="deviceId">Only topics of this device count.</param>
        internal AnnouncedFile(IStorage storage, string deviceId)
        {
            _storage = storage;
            _mark = "/" + deviceId + "/";
        }

        /// <summary>What the broker has or may have.</summary>
        internal ArrayList Read()
        {
            ArrayList all = new ArrayList();
            byte[] file = _storage.Read(File);
            if (file == null)
            {
                return all;
            }

            string[] lines = Encoding.UTF8.GetString(file, 0, file.Length).Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                string[] parts = lines[i].Split(' ');
                if (parts.Length == 2 && parts[0].IndexOf(_mark) > 0)
                {
                    byte[] digits = Encoding.UTF8.GetBytes(parts[1]);
                    bool isKnown = FixedPoint.TryParse(digits, 0, digits.Length, 0, out long print);
                    all.Add(new Announcement(parts[0], isKnown ? (int)print : 0));
                }
            }

            return all;
        }

        /// <summary>Writes what the broker has or may have.</summary>
        /// <returns>False when it could not be written.</returns>
        internal bool Write(ArrayList all)
        {
            if (all.Count == 0)
            {
                return _storage.Delete(File);
            }

            StringBuilder text = new StringBuilder();
            for (int i = 0; i < all.Count; i++)
            {
                Announcement one = (Announcement)all[i];
                text.Append(one.Topic);
                text.Append(" ");
                text.Append(one.Print.ToString());
                text.Append("\n");
            }

            return _storage.Replace(File, Encoding.UTF8.GetBytes(text.ToString()));
        }
    }
}
