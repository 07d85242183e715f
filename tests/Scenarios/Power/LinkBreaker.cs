using Boards.NativeSim.World;
using Scenarios.Harness;
using Scenarios.Outages;

namespace Scenarios.Power;

/// <summary>Ends the connection, or the broker with it, when a message of a wake or its acknowledgement comes by.</summary>
internal sealed class LinkBreaker(Bench bench, TcpProxy proxy, BreakMoment moment)
{
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _messageId;
    private int _answerId = -1;
    private byte[]? _acknowledged;
    private ProxyPacket? _telemetry;

    public bool Kills { get; init; }

    public Task Broken => _broken.Task;

    /// <summary>
    /// Whether the broker has acknowledged an answer. It is known before the device knows it: when a client has received
    /// the answer is chance.
    /// </summary>
    public bool IsAnswered { get; private set; }

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
        else if (IsAnswer(packet))
        {
            _answerId = packet.MessageId;
        }

        IsAnswered |= packet.IsAcknowledgement && packet.MessageId == _answerId;

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
        // A broker takes a while to end. The device must not sleep before the test has noticed the break.
        WorldHold hold = bench.Time.Begin("break");
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
        finally
        {
            hold.End();
        }
    }

    private static bool IsAnswer(ProxyPacket packet) =>
        packet.IsToBroker && packet.IsPublish && packet.Topic.Contains("/response/", StringComparison.Ordinal);

    private bool Fits(ProxyPacket packet) => packet.IsToBroker && packet.IsPublish && moment switch
    {
        BreakMoment.BeforeTelemetry or BreakMoment.AfterTelemetry => packet.IsTelemetry,
        BreakMoment.BeforeAnswer or BreakMoment.AfterAnswer => IsAnswer(packet),
        BreakMoment.BeforeFarewell or BreakMoment.AfterFarewell => packet.Bytes.Span.IndexOf("\"sleeping\""u8) >= 0,
        _ => false,
    };
}
