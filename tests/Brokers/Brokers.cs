namespace TestBrokers;

/// <summary>Names of the brokers, as rows of a test.</summary>
public static class Brokers
{
    public const string Mqttnet = "MQTTnet";
    public const string Mosquitto = "mosquitto";

    /// <summary>Only those that are installed; in CI a broker that is not installed fails its tests.</summary>
    public static IEnumerable<object[]> All
    {
        get
        {
            yield return [Mqttnet];
            if (MosquittoBroker.Executable is not null || IsCi)
            {
                yield return [Mosquitto];
            }
        }
    }

    private static bool IsCi => Environment.GetEnvironmentVariable("CI") is not null;

    /// <summary>A broker that is not started yet. Ends the test when it is not installed: as inconclusive, in CI as failed.</summary>
    public static ITestBroker Create(string name)
    {
        if (name == Mqttnet)
        {
            return new MqttnetBroker();
        }

        Require(MosquittoBroker.Executable, "mosquitto");
        return new MosquittoBroker();
    }

    public static async Task<ITestBroker> StartAsync(string name = Mqttnet)
    {
        ITestBroker broker = Create(name);
        await broker.StartAsync();
        return broker;
    }

    /// <summary>Ends the test when a broker is not installed: as inconclusive, in CI as failed.</summary>
    public static void Require(string? executable, string package)
    {
        if (executable is null && !IsCi)
        {
            Assert.Inconclusive($"{package} is not installed");
        }

        Assert.IsNotNull(executable, $"{package} is not installed: apt-get install {package}");
    }
}
