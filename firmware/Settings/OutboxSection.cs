using Firmware.Json;
using Firmware.Telemetry;

namespace Firmware.Settings
{
    /// <summary>Reads "outbox": how much flash it may take, and how long a reading may wait in RAM.</summary>
    internal static class OutboxSection
    {
        private const int MaxWriteBack = 60;

        internal static void Read(SettingsSource source, int token, DeviceSettings settings)
        {
            if (!source.IsObject(token, "outbox"))
            {
                return;
            }

            for (int name = source.Reader.First(token); name != JsonReader.None; name = source.Reader.Next(name))
            {
                int value = source.Reader.ValueOf(name);
                string key = source.NameOf(name);
                switch (key)
                {
                    case "size":
                        settings.OutboxSize = source.Integer(value, "outbox.size", OutboxOptions.MinCapacity, OutboxOptions.MaxCapacity, settings.OutboxSize);
                        break;
                    case "writeBack":
                        settings.OutboxWriteBack = source.Integer(value, "outbox.writeBack", 0, MaxWriteBack, settings.OutboxWriteBack);
                        break;
                    default:
                        source.Unknown("outbox.", key);
                        break;
                }
            }
        }
    }
}
