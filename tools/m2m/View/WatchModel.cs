using M2m.Devices;
using M2m.Telemetry;

namespace M2m.View;

/// <summary>What the live table shows. All members are for one thread at a time: <see cref="Gate"/> is locked for it.</summary>
/// <param name="source">Which broker and prefix.</param>
internal sealed class WatchModel(string source)
{
    private const int MaxEvents = 100;
    private const int MaxChannels = 64;

    private readonly SortedDictionary<string, Row> _devices = new(StringComparer.Ordinal);
    private readonly LinkedList<WatchEvent> _events = new();
    private volatile string? _trouble;

    /// <summary>Locked while it is changed or looked at.</summary>
    public object Gate { get; } = new();

    /// <summary>Which broker and prefix.</summary>
    public string Source { get; } = source;

    /// <summary>Why there is no connection now, or null.</summary>
    public string? Trouble { get => _trouble; set => _trouble = value; }

    /// <summary>The devices, by id.</summary>
    public IReadOnlyCollection<Row> Devices => _devices.Values;

    /// <summary>What befell them, newest first.</summary>
    public IReadOnlyCollection<WatchEvent> Events => _events;

    /// <summary>Takes up an event.</summary>
    /// <param name="happened">The event.</param>
    public void Apply(WatchEvent happened)
    {
        lock (Gate)
        {
            if (happened.Presence is not null || happened.Telemetry is not null)
            {
                ApplyToRow(happened);
            }

            if (happened is { Presence: null, Telemetry: null } or { Presence: not null, IsRetained: false })
            {
                _events.AddFirst(happened);
                if (_events.Count > MaxEvents)
                {
                    _events.RemoveLast();
                }
            }
        }
    }

    private void ApplyToRow(WatchEvent happened)
    {
        if (!_devices.TryGetValue(happened.Device, out Row? row))
        {
            if (_devices.Count >= PresenceList.MaxDevices)
            {
                return;
            }

            row = new Row(happened.Device);
            _devices.Add(happened.Device, row);
        }

        if (happened.Presence is { } presence)
        {
            row.Presence = presence;
            row.Signal = presence.Signal ?? row.Signal;
        }

        if (happened.Telemetry is { } telemetry)
        {
            foreach (Reading reading in telemetry.Readings.Where(reading => row.Readings.ContainsKey(reading.Name) || row.Readings.Count < MaxChannels))
            {
                // A backlog comes after the outage, oldest first.
                if (!row.Readings.TryGetValue(reading.Name, out Reading? known) || known.Time <= reading.Time)
                {
                    row.Readings[reading.Name] = reading;
                }
            }
        }
    }

    /// <summary>What is known of a device.</summary>
    /// <param name="id">Its id.</param>
    internal sealed class Row(string id)
    {
        /// <summary>Its id.</summary>
        public string Id { get; } = id;

        /// <summary>What it said of itself, or null.</summary>
        public Presence? Presence { get; set; }

        /// <summary>The last strength of its signal in dBm, or null.</summary>
        public double? Signal { get; set; }

        /// <summary>The newest reading of each channel.</summary>
        public Dictionary<string, Reading> Readings { get; } = [];
    }
}
