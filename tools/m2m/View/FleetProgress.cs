using M2m.Client.Devices;
using M2m.Updates;

namespace M2m.View;

/// <summary>The data of the live table of an update. Lock <see cref="Gate"/> around each use.</summary>
internal sealed class FleetProgress(string source)
{
    private const int MaxNotices = 20;

    private readonly Dictionary<string, Row> _devices = [];
    private readonly LinkedList<(DateTimeOffset At, string Text)> _notices = new();
    private volatile string? _trouble;

    public Lock Gate { get; } = new();

    public string Source { get; } = source;

    public string? Trouble { get => _trouble; set => _trouble = value; }

    public string Releases { get; set; } = string.Empty;

    public IReadOnlyCollection<Row> Devices => _devices.Values;

    public IReadOnlyCollection<(DateTimeOffset At, string Text)> Notices => _notices;

    public void Serve(ServedBlock served, DateTimeOffset now)
    {
        if (Of(served.Device) is not { } row)
        {
            return;
        }

        row.Version = served.Release.Version.ToString();
        row.Of = served.Release.Manifest.BlockCount;
        row.Blocks = served.Block;
        row.Bad += served.Bad > 0 ? 1 : 0;
        row.Result = null;
        row.Reason = null;
        row.Gate = null;
        row.State = UpdateEvent.Downloading;
        row.At = now;
    }

    public void Tell(string device, UpdateEvent said, DateTimeOffset now)
    {
        if (Of(device) is not { } row)
        {
            return;
        }

        row.Version = said.Version?.ToString() ?? row.Version;
        row.State = said.State;
        row.Of = said.Of ?? row.Of;
        row.Blocks = said.State is UpdateEvent.Installing or UpdateEvent.Trial or UpdateEvent.Confirmed ? row.Of : said.Blocks ?? row.Blocks;
        row.Result = said.Result;
        row.Reason = said.Reason;
        row.Gate = said.Gate;
        row.At = now;
    }

    public void Note(string text, DateTimeOffset now)
    {
        _notices.AddFirst((now, text));
        if (_notices.Count > MaxNotices)
        {
            _notices.RemoveLast();
        }
    }

    private Row? Of(string device)
    {
        if (!_devices.TryGetValue(device, out Row? row) && _devices.Count < PresenceList.MaxDevices)
        {
            row = new Row(device);
            _devices.Add(device, row);
        }

        return row;
    }

    internal sealed class Row(string id)
    {
        public string Id { get; } = id;

        public string Version { get; set; } = "-";

        public string State { get; set; } = "?";

        public int? Blocks { get; set; }

        public int? Of { get; set; }

        public int Bad { get; set; }

        /// <summary>LwM2M object 5, resource 5.</summary>
        public int? Result { get; set; }

        public string? Gate { get; set; }

        public string? Reason { get; set; }

        public DateTimeOffset At { get; set; }
    }
}
