namespace Scenarios.RealBrokers;

[TestClass]
public sealed class NatsTests : RealBrokerTests<NatsBroker>
{
    /// <inheritdoc/>
    protected override void RequireInstalled() => Brokers.Require(NatsBroker.Executable, "nats-server");
}
