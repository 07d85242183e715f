namespace Scenarios.Windows;

/// <summary>What a channel with a window must send: kept as plain lists, computed with exact numbers.</summary>
internal sealed class WindowModel(long toleranceMs, int alarmFrom)
{
    private readonly Dictionary<string, int> _sent = [];
    private readonly List<int> _recent = [];
    private readonly List<int> _values = [];
    private long? _start;
    private long _index;
    private bool _isAlarm;
    private bool _isUrgent;

    public WindowRule Rule { get; private set; } = new(1, [], null, 0);

    public List<Sending> Sent { get; } = [];

    public void Change(WindowRule rule)
    {
        _isUrgent |= _isAlarm;
        _isAlarm = false;
        Rule = rule;
        Begin();
    }

    /// <summary>The device starts again. One that sleeps knows what it has reported.</summary>
    public void Restart(bool knowsAlarm)
    {
        _isAlarm &= knowsAlarm;
        _isUrgent &= knowsAlarm;
        Begin();
    }

    /// <param name="atMs">When.</param>
    /// <param name="raw">What the sensor measures; null for nothing plausible.</param>
    public void Measure(long atMs, int? raw)
    {
        int? value = raw == null ? null : Filter(raw.Value);
        bool isAlarm = value == null ? _isAlarm : value >= alarmFrom;
        _isUrgent |= isAlarm != _isAlarm;
        _isAlarm = isAlarm;
        _start ??= atMs;
        long index = (long)Math.Floor((double)(atMs + toleranceMs - _start.Value) / Rule.WindowMs);
        if (index > _index)
        {
            Close(atMs);
            if (_values.Count == 0 || index > _index + 1)
            {
                _sent.Clear();
            }

            _values.Clear();
            _index = index;
        }

        if (value != null)
        {
            _values.Add(value.Value);
            if (_isUrgent)
            {
                _isUrgent = false;
                Send("temperature", value.Value, atMs);
            }
        }
    }

    private void Begin()
    {
        _start = null;
        _index = 0;
        _values.Clear();
        _sent.Clear();
        _recent.Clear();
    }

    private int Filter(int raw)
    {
        _recent.Add(raw);
        int[] sorted = [.. _recent.TakeLast(Math.Max(Rule.Median, 1)).Order()];
        return sorted[(sorted.Length - 1) / 2];
    }

    private void Close(long atMs)
    {
        long end = _start!.Value + ((_index + 1) * Rule.WindowMs);
        foreach (string word in _values.Count == 0 ? [] : Rule.Words)
        {
            string name = word == Rule.Words[0] ? "temperature" : "temperature-" + word;
            int value = word switch
            {
                "min" => _values.Min(),
                "max" => _values.Max(),
                "last" => _values[^1],
                "count" => _values.Count,
                _ => (int)Math.Round(_values.Sum(v => (decimal)v) / _values.Count, MidpointRounding.AwayFromZero),
            };
            int? deadband = word == "count" && Rule.Deadband != null ? 0 : Rule.Deadband;
            if (deadband == null || !_sent.TryGetValue(name, out int last) || Math.Abs(value - last) > deadband)
            {
                Send(name, value, Math.Min(end, atMs));
            }
        }
    }

    private void Send(string name, int value, long atMs)
    {
        _sent[name] = value;
        Sent.Add(new Sending(name, value, atMs));
    }
}

/// <param name="WindowMs">Length.</param>
/// <param name="Words">What is sent of one.</param>
/// <param name="Deadband">In the sensor's own fixed point, or null.</param>
/// <param name="Median">Of how many values; 0 for none.</param>
internal sealed record WindowRule(long WindowMs, string[] Words, int? Deadband, int Median);

/// <summary>A value that was sent, in the sensor's fixed point, or a count.</summary>
internal sealed record Sending(string Name, int Value, long AtMs);
