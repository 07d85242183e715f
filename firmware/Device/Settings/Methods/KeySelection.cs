using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Settings.Methods
{
    /// <summary>The param "keys": names of settings, or what several names begin with.</summary>
    internal sealed class KeySelection
    {
        private const int MaxKeys = 32;
        private const string All = "*";

        internal readonly string[] Keys;

        /// <summary>Whether one of them selects everything.</summary>
        internal bool MeansAll;

        private KeySelection(string[] keys)
        {
            Keys = keys;
        }

        /// <summary>Reads the param; null when it cannot be used.</summary>
        internal static KeySelection Read(Request request, SettingsCatalog catalog, bool isRequired, out RpcError error)
        {
            error = null;
            JsonReader reader = request.Reader;
            int keys = request.Find("keys");
            if (keys == JsonReader.None && !isRequired)
            {
                return new KeySelection(new string[0]) { MeansAll = true };
            }

            int count = keys == JsonReader.None || reader.KindOf(keys) != JsonKind.Array ? 0 : reader.Count(keys);
            if (count < 1 || count > MaxKeys)
            {
                error = RpcError.InvalidParams("keys", "must be an array of 1 to 32 keys");
                return null;
            }

            KeySelection selection = new KeySelection(Texts.New(count));
            int index = 0;
            for (int item = reader.First(keys); item != JsonReader.None; item = reader.Next(item))
            {
                if (!reader.TryGetString(item, out string key) || (key != All && catalog.Resolve(key) == null && !catalog.IsGroup(key)))
                {
                    error = RpcError.InvalidParams("keys", "item " + (index + 1) + " is not a setting");
                    return null;
                }

                selection.MeansAll |= key == All;
                selection.Keys[index++] = key;
            }

            return selection;
        }

        /// <summary>Whether a key, or what it begins with, is among them.</summary>
        internal bool Means(string name)
        {
            for (int i = 0; i < Keys.Length; i++)
            {
                if (name == Keys[i] || name.StartsWith(Keys[i] + "."))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
