namespace Firmware.Settings
{
    /// <summary>Where <see cref="DeviceSettings"/> keeps the value of each setting.</summary>
    internal static class SettingField
    {
        internal const int Wifi = 0;
        internal const int Broker = 1;
        internal const int Prefix = 2;
        internal const int Groups = 3;
        internal const int TimeServers = 4;
        internal const int Channels = 5;
        internal const int Actuators = 6;
        internal const int HomeAssistantPrefix = 7;
        internal const int PowerCurve = 8;

        /// <summary>From here on they are numbers.</summary>
        internal const int FirstNumber = 9;

        internal const int Interval = 9;
        internal const int MqttVersion = 10;
        internal const int MqttBurst = 11;
        internal const int MqttRate = 12;
        internal const int OutboxSize = 13;
        internal const int OutboxWriteBack = 14;
        internal const int TelemetryFormat = 15;
        internal const int HistorySize = 16;
        internal const int LogSize = 17;
        internal const int LogLevel = 18;
        internal const int StatusInterval = 19;
        internal const int HomeAssistant = 20;
        internal const int PowerMode = 21;
        internal const int PowerPublishEvery = 22;
        internal const int PowerListen = 23;
        internal const int PowerCap = 24;
        internal const int PowerMailbox = 25;
        internal const int PowerWakePin = 26;
        internal const int PowerWakeHigh = 27;
        internal const int PowerCapacity = 28;
        internal const int PowerDivider = 29;
        internal const int PowerLow = 30;
        internal const int PowerCritical = 31;
        internal const int UpdateBattery = 32;
        internal const int UpdateSignal = 33;
        internal const int UpdateFromHour = 34;
        internal const int UpdateToHour = 35;
        internal const int UpdatePercent = 36;
        internal const int UpdateDelay = 37;
        internal const int UpdateTrial = 38;
        internal const int Count = 39;
    }
}
