using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Sleep
{
    /// <summary>Whether and how the device sleeps, and its battery.</summary>
    public sealed class SleepSettings : SettingGroup
    {
        /// <summary>0 to stay awake and connected; <see cref="DeepSleep"/> to sleep deeply between measurements, where each wake is a boot.</summary>
        public const int Mode = 0;

        /// <summary>A value of <see cref="Mode"/>.</summary>
        public const int DeepSleep = 1;

        /// <summary>Wakes from one that publishes readings to the next, 1 to 288.</summary>
        public const int PublishEvery = 1;

        /// <summary>Milliseconds to listen after the last message or acknowledgement, 100 to 10000.</summary>
        public const int Listen = 2;

        /// <summary>Seconds that a wake may take, 15 to 120.</summary>
        public const int Cap = 3;

        /// <summary>Seconds after which the device connects for requests although it has nothing to publish, 60 to 86400.</summary>
        public const int Mailbox = 4;

        /// <summary>GPIO that wakes the device; -1 for none.</summary>
        public const int WakePin = 5;

        /// <summary>1 when a high level wakes the device, 0 when a low level does.</summary>
        public const int WakeHigh = 6;

        /// <summary>Charge of the full battery in mAh; 0 when it is not known.</summary>
        public const int Capacity = 7;

        /// <summary>Ratio of the voltage divider in thousandths: 2000 for two equal resistors.</summary>
        public const int Divider = 8;

        /// <summary>Charge of the battery by voltage, see <see cref="BatteryCurve.Parse"/>; a text.</summary>
        public const int Curve = 9;

        /// <summary>The battery is low below this: percent up to 100, millivolts above.</summary>
        public const int Low = 10;

        /// <summary>The battery is critical below this: percent up to 100, millivolts above.</summary>
        public const int Critical = 11;

        private const SettingEffect Restart = SettingEffect.Restart;

        /// <inheritdoc/>
        public override int Count => Critical + 1;

        /// <inheritdoc/>
        public override Setting Describe(int index)
        {
            switch (index)
            {
                case Mode: return Setting.Choice("power.mode", Restart, new string[] { "always-on", "deep-sleep" });
                case PublishEvery: return Setting.Integer("power.publishEvery", Restart, 1, 288, 1, null);
                case Listen: return Setting.Integer("power.listen", Restart, 100, 10000, 1000, "ms");
                case Cap: return Setting.Integer("power.cap", Restart, 15, 120, 30, "s");
                case Mailbox: return Setting.Integer("power.mailbox", Restart, 60, 86400, 3600, "s");
                case WakePin: return new PinSetting("power.wakePin", PinTable.Wake, true);
                case WakeHigh: return Setting.Boolean("power.wakeHigh", Restart, false);
                case Capacity: return Setting.Integer("power.capacity", Restart, 0, 1000000, 0, "mAh");
                case Divider: return Setting.Integer("power.divider", Restart, 100, 100000, 2000, "1/1000");
                case Curve: return new CurveSetting("power.curve", Restart);
                case Low: return Setting.Integer("power.low", Restart, 0, 6000, 20, null);
                default: return Setting.Integer("power.critical", Restart, 0, 6000, 5, null);
            }
        }
    }
}
