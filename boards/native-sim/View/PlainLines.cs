using System.Globalization;
using System.Text;
using Boards.NativeSim.Delivery;
using Boards.NativeSim.Simulation;
using M2m.Client.View;

namespace Boards.NativeSim.View;

internal sealed class PlainLines : IView
{
    private readonly Stream _output;
    private string _time = "HH:mm:ss";

    public PlainLines(Stream output)
    {
        _output = output;
    }

    public void Begin(RunInfo info)
    {
        _time = info.IsVirtual ? "yyyy-MM-dd HH:mm:ss" : _time;
        Write(info.StartedAt, RunInfo.Program, $"broker {info.Broker}{(info.IsEmbedded ? " (embedded)" : string.Empty)}");
        if (info.OtherPort is { } otherPort)
        {
            Write(info.StartedAt, RunInfo.Program, otherPort);
        }

        foreach ((string purpose, string line) in info.PasteLines)
        {
            Write(info.StartedAt, RunInfo.Program, $"to {purpose}: {line}");
        }
    }

    public void Show(SimulationEvent happened) =>
        Write(happened.Time, happened.Device, $"{happened.Type} {MessageText.Describe(happened)}".TrimEnd());

    public void ShowDropped(long count) =>
        Write(DateTime.UtcNow, RunInfo.Program, string.Create(CultureInfo.InvariantCulture, $"dropped {count} events: the output is too slow"));

    public void ShowSummary(Summary summary) => Write(summary.Time, RunInfo.Program, "summary " + summary.Text);

    public void End()
    {
    }

    public void Abort()
    {
    }

    public void Dispose() => _output.Dispose();

    private void Write(DateTime time, string who, string what)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{time.ToLocalTime().ToString(_time, CultureInfo.InvariantCulture)} {who} {what}");
        _output.Write(Encoding.UTF8.GetBytes(PrintableText.Clean(line) + "\n"));
        _output.Flush();
    }
}
