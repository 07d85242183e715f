namespace Firmware.Settings
{
    /// <summary>Where <see cref="DeviceSettings"/> keeps the value of each setting.</summary>
    internal static class SettingField
    {
        internal const int Wifi = 0;
        internal const int Broker = 1;
        internal const int Prefix = 2;
        internal const int Groups = 3;
        internal const int Interval = 4;
        internal const int MqttVersion = 5;
        internal const int MqttBurst = 6;
        internal const int MqttRate = 7;
        internal const int TimeServers = 8;
        internal const int OutboxSize = 9;
        internal const int OutboxWriteBack = 10;
        internal const int Channels = 11;
        internal const int Actuators = 12;
        internal const int TelemetryFormat = 13;
        internal const int HistorySize = 14;
        internal const int LogSize = 15;
        internal const int LogLevel = 16;
        internal const int StatusInterval = 17;
        internal const int HomeAssistant = 18;
        internal const int HomeAssistantPrefix = 19;
        internal const int PowerMode = 20;
        internal const int PowerPublishEvery = 21;
        internal const int PowerListen = 22;
        internal const int PowerCap = 23;
        internal const int PowerMailbox = 24;
        internal const int PowerWakePin = 25;
        internal const int PowerWakeHigh = 26;
        internal const int PowerCapacity = 27;
        internal const int PowerDivider = 28;
        internal const int PowerCurve = 29;
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
