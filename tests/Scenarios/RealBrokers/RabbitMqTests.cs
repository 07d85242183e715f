namespace Scenarios.RealBrokers;

[TestClass]
public sealed class RabbitMqTests : RealBrokerTests<RabbitMqBroker>
{
    /// <inheritdoc/>
    protected override bool RetainsForWildcards => false;

    /// <inheritdoc/>
    protected override void RequireInstalled() => Brokers.Require(RabbitMqBroker.Executable, "rabbitmq-server");
}
