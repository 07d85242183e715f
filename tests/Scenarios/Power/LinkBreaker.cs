using Scenarios.Harness;
using Scenarios.Outages;

namespace Scenarios.Power;

/// <summary>Ends the connection, or the broker with it, when a message of a wake or its acknowledgement comes by.</summary>
internal sealed class LinkBreaker(Bench bench, TcpProxy proxy, BreakMoment moment)
{
    private const int Publish = 3;

    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _messageId;
    private byte[]? _acknowledged;
    private ProxyPacket? _telemetry;

    public bool Kills { get; init; }

    public Task Broken => _broken.Task;

    private bool IsBefore => moment is BreakMoment.BeforeTelemetry or BreakMoment.BeforeAnswer or BreakMoment.BeforeFarewell;

    public async Task SeeAsync(TcpProxy.Link link, ProxyPacket packet)
    {
        if (_broken.Task.IsCompleted)
        {
            return;
        }

        if (packet.IsTelemetry)
        {
            _telemetry = packet;
        }

        bool isAcknowledgement = packet.IsAcknowledgement && packet.MessageId == _messageId;
        if (packet.IsAcknowledgement && _telemetry?.MessageId == packet.MessageId && !isAcknowledgement)
        {
            _acknowledged = _telemetry.Pack;
        }

        if (isAcknowledgement || (Fits(packet) && IsBefore))
        {
            await BreakAsync();
        }
        else if (Fits(packet))
        {
            _messageId = packet.MessageId;
        }
    }

    public async Task BreakAsync()
    {
        try
        {
            if (Kills)
            {
                // What mosquitto has acknowledged and not passed on dies with it, and no device could know.
                while (_acknowledged is { } pack && !bench.Client.Messages.Any(message => message.Payload.AsSpan().SequenceEqual(pack)))
                {
                    await Task.Delay(1);
                }

                await bench.Broker.KillAsync();
            }

            proxy.Cut(reset: !Kills);
            _broken.TrySetResult();
        }
        catch (Exception e)
        {
            _broken.TrySetException(e);
        }
    }

    private bool Fits(ProxyPacket packet) => packet.IsToBroker && packet.Bytes.Span[0] >> 4 == Publish && moment switch
    {
        BreakMoment.BeforeTelemetry or BreakMoment.AfterTelemetry => packet.IsTelemetry,
        BreakMoment.BeforeAnswer or BreakMoment.AfterAnswer => packet.Topic.Contains("/response/", StringComparison.Ordinal),
        BreakMoment.BeforeFarewell or BreakMoment.AfterFarewell => packet.Bytes.Span.IndexOf("\"sleeping\""u8) >= 0,
        _ => false,
    };
}
