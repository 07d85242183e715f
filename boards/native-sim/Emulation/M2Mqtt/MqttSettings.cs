using Boards.NativeSim.World;

namespace nanoFramework.M2Mqtt;

/// <summary>One for each chip: the static of the device is the current chip's.</summary>
public class MqttSettings
{
    public const int BrokerDefaultPort = 1883;
    public const int BrokerDefaultSslPort = 8883;
    public const int DefaultTimeout = 30_000;
    public const int MaximumAttemptsRetry = 3;
    public const int DefaultDelayRetry = 1_000;
    public const int ConnectTimeout = 30_000;
    public const int DefaultInflightQueueSize = int.MaxValue;

    private MqttSettings()
    {
    }

    public static MqttSettings Instance => SimulatedChip.Current.PackageState(() => new MqttSettings());

    public int Port { get; internal set; } = BrokerDefaultPort;

    public int SslPort { get; internal set; } = BrokerDefaultSslPort;

    public int TimeoutOnConnection { get; internal set; } = ConnectTimeout;

    public int TimeoutOnReceiving { get; internal set; } = DefaultTimeout;

    public int AttemptsOnRetry { get; internal set; } = MaximumAttemptsRetry;

    public int DelayOnRetry { get; internal set; } = DefaultDelayRetry;

    public int InflightQueueSize { get; set; } = DefaultInflightQueueSize;

    public bool ValidateServerCertificate { get; set; } = true;
}
