using System.Collections;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Settings
{
    /// <summary>A list of names, of which wrong ones are left out, or of hosts, of which one that is wrong refuses all.</summary>
    internal sealed class ListSetting : Setting
    {
        private const int MaxHost = 253;

        private readonly bool _isNames;

        internal ListSetting(string name, SettingEffect effect, int max, string[] defaultValue, bool isNames)
            : base(name, SettingType.List, effect, 0, max, defaultValue)
        {
            _isNames = isNames;
        }

        /// <inheritdoc/>
        public override object Read(SettingsSource source, int token, string path)
        {
            if (!source.IsArray(token, path, Max))
            {
                return null;
            }

            JsonReader reader = source.Reader;
            ArrayList texts = new ArrayList();
            int index = 0;
            for (int item = reader.First(token); item != JsonReader.None; item = reader.Next(item))
            {
                reader.TryGetString(item, out string text);
                string reason = Check(text);
                if (reason != null)
                {
                    source.Fault(path + "[" + index + "]", reason);
                    if (!_isNames)
                    {
                        return null;
                    }
                }
                else if (!_isNames || (text != "all" && !texts.Contains(text)))
                {
                    texts.Add(text);
                }

                index++;
            }

            return texts.ToArray(typeof(string));
        }

        /// <inheritdoc/>
        public override void Write(JsonWriter writer, object value, bool withSecrets) => WriteTexts(writer, (string[])value);

        internal static void WriteTexts(JsonWriter writer, string[] texts)
        {
            writer.BeginArray();
            for (int i = 0; i < texts.Length; i++)
            {
                writer.String(texts[i]);
            }

            writer.EndArray();
        }

        /// <inheritdoc/>
        protected override string Check(string text)
        {
            if (_isNames)
            {
                return text != null && TopicLevel.IsValid(text) ? null : "must be 1 to 32 of A-Z a-z 0-9 _ -";
            }

            return text != null && text.Length >= 1 && text.Length <= MaxHost ? null : "must be a string of 1 to " + MaxHost + " characters";
        }
    }
}
