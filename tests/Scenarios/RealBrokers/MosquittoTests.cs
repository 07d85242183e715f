namespace Scenarios.RealBrokers;

[TestClass]
public sealed class MosquittoTests : RealBrokerTests<MosquittoBroker>
{
    /// <inheritdoc/>
    protected override void RequireInstalled() => Brokers.Require(MosquittoBroker.Executable, "mosquitto");
}
