using M2m.Client.Devices;
using M2m.Client.View;
using M2m.Devices;
using M2m.Updates;

namespace M2m.View;

/// <summary>What the live table of an update shows. All members are for one thread at a time: <see cref="Gate"/> is locked for it.</summary>
/// <param name="source">What goes on, and where.</param>
internal sealed class FleetProgress(string source)
{
    private const int MaxNotices = 20;

    private readonly Dictionary<string, Row> _devices = [];
    private readonly LinkedList<(DateTimeOffset At, string Text)> _notices = new();
    private volatile string? _trouble;

    /// <summary>Locked while it is changed or looked at.</summary>
    public Lock Gate { get; } = new();

    /// <summary>What goes on, and where.</summary>
    public string Source { get; } = source;

    /// <summary>Why there is no connection now, or null.</summary>
    public string? Trouble { get => _trouble; set => _trouble = value; }

    /// <summary>What is served.</summary>
    public string Releases { get; set; } = string.Empty;

    /// <summary>The devices.</summary>
    public IReadOnlyCollection<Row> Devices => _devices.Values;

    /// <summary>What was strange, newest first.</summary>
    public IReadOnlyCollection<(DateTimeOffset At, string Text)> Notices => _notices;

    /// <summary>A block was sent.</summary>
    /// <param name="served">The block.</param>
    /// <param name="now">Now.</param>
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

    /// <summary>A device said how far it is.</summary>
    /// <param name="device">Its id.</param>
    /// <param name="said">What it said.</param>
    /// <param name="now">Now.</param>
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

    /// <summary>Something was strange.</summary>
    /// <param name="text">What.</param>
    /// <param name="now">Now.</param>
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

    /// <summary>How far a device is.</summary>
    /// <param name="id">Its id.</param>
    internal sealed class Row(string id)
    {
        /// <summary>Its id.</summary>
        public string Id { get; } = id;

        /// <summary>The version that it gets.</summary>
        public string Version { get; set; } = "-";

        /// <summary>What it does.</summary>
        public string State { get; set; } = "?";

        /// <summary>Blocks that it has.</summary>
        public int? Blocks { get; set; }

        /// <summary>Blocks that there are.</summary>
        public int? Of { get; set; }

        /// <summary>Blocks that were bad.</summary>
        public int Bad { get; set; }

        /// <summary>LwM2M's result, or null.</summary>
        public int? Result { get; set; }

        /// <summary>The gate that it waits for, or null.</summary>
        public string? Gate { get; set; }

        /// <summary>Why, or null.</summary>
        public string? Reason { get; set; }

        /// <summary>When it was last heard of.</summary>
        public DateTimeOffset At { get; set; }
    }
}
