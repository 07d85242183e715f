namespace Scenarios.Harness;

/// <summary>The brokers that a scenario is run against.</summary>
internal static class Brokers
{
    public const string Mqttnet = "MQTTnet";
    public const string Mosquitto = "mosquitto";

    /// <summary>MQTTnet always; mosquitto where it is installed, and always in CI, where its absence is a failure.</summary>
    public static IEnumerable<object[]> All
    {
        get
        {
            yield return [Mqttnet];
            if (MosquittoBroker.Executable is not null || Environment.GetEnvironmentVariable("CI") is not null)
            {
                yield return [Mosquitto];
            }
        }
    }

    public static ITestBroker Create(string name)
    {
        if (name == Mqttnet)
        {
            return new MqttnetBroker();
        }

        Assert.IsNotNull(MosquittoBroker.Executable, "mosquitto is not installed: apt-get install mosquitto");
        return new MosquittoBroker();
    }
}
