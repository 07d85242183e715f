using System.Globalization;
using System.Text.Json;
using Firmware.Tests.Fakes;

namespace Scenarios.Windows;

/// <summary>A whole device on fakes that runs through measurements, sleeps and restarts, and what its broker received.</summary>
internal sealed class WindowRig
{
    private readonly MemoryStorage _storage = new();
    private readonly long _intervalMs;
    private readonly bool _sleeps;
    private DeviceRig _rig = null!;
    private long _bootedAtMs;
    private long _dueMs;
    private bool _isOnline;
    private int _requests;

    public WindowRig(bool sleeps, int interval, int publishEvery, string rule)
    {
        _sleeps = sleeps;
        _intervalMs = interval * 1000L;
        string power = sleeps ? $",'power':{{'mode':'deep-sleep','publishEvery':{publishEvery}}}" : "";
        Boot(string.Create(CultureInfo.InvariantCulture, $"{{'interval':{interval},'sntp':[],'telemetry':{{'check':false}},'channels':{{'temperature':{{{rule}}}}}{power}}}"), "power-on");
    }

    /// <summary>Values of temperature and of what is derived from it, in the order in which they were published.</summary>
    public List<Sending> Received { get; } = [];

    /// <summary>Lets the next measurement be this value, or none that is plausible.</summary>
    /// <returns>When it was.</returns>
    public long Measure(int? value, long lateMs)
    {
        // Not yet measured since the start; a device that sleeps wakes for it.
        if (_dueMs > 0 && _sleeps)
        {
            Boot(null, "timer");
        }

        ScriptedSensor sensor = _rig.Slot76.Sensor;
        sensor.Valid[0] = value != null;
        sensor.Values[0] = value ?? 0;
        if (_dueMs > 0)
        {
            _rig.Run(_dueMs - 1 - _rig.Clock.Uptime);
            _rig.Clock.Uptime = _dueMs + lateMs;
        }

        long at = _bootedAtMs + _rig.Clock.Uptime;
        _rig.Device.Step();
        _rig.Device.Step();
        _dueMs += _intervalMs;
        _rig.Run(1);
        if (!_isOnline && _rig.Network.Joins > 0)
        {
            _isOnline = true;
            _rig.GoOnline();
        }

        return at;
    }

    /// <summary>Changes settings, if the device is online.</summary>
    public bool Set(string values)
    {
        if (!_isOnline)
        {
            return false;
        }

        string answer = _rig.Ask($"{{'jsonrpc':'2.0','id':{++_requests},'method':'settings.set','params':{{'values':{values}}},'from':'any'}}");
        Assert.Contains("\"result\"", answer);
        return true;
    }

    /// <summary>Lets a device that sleeps do so.</summary>
    public void Sleep()
    {
        if (_sleeps)
        {
            _rig.Run(60_000);
            Assert.IsGreaterThan(0, _rig.Power.Slept);
            Leave(_rig.Power.Slept);
        }
    }

    /// <summary>Starts it again, after its sleep or out of its work. What it measured is on flash by then.</summary>
    public void Restart()
    {
        if (!_sleeps)
        {
            _rig.Run(3000);
            Leave(500);
        }

        Boot(null, "power-on");
    }

    /// <summary>Has everything that waits published.</summary>
    public void Finish()
    {
        _rig.Run(3000);
        Leave(0);
    }

    private void Leave(long sleptMs)
    {
        _bootedAtMs += _rig.Clock.Uptime + sleptMs;
        for (int i = 0; i < _rig.Link.CountOf("/telemetry"); i++)
        {
            Read(_rig.Link.Find("/telemetry", i).Text);
        }
    }

    private void Boot(string? settings, string cause)
    {
        _rig = new DeviceRig(_storage, settings, cause);
        if (cause == "power-on")
        {
            _rig.Clock.SetUtc((ManualClock.Now * 1000) + _bootedAtMs, false);
        }

        _rig.Device.Start();
        _dueMs = 0;
        _isOnline = false;
    }

    private void Read(string pack)
    {
        double time = 0;
        foreach (JsonElement record in JsonDocument.Parse(pack).RootElement.EnumerateArray())
        {
            time = record.TryGetProperty("bt", out JsonElement bt) ? bt.GetDouble() : time;
            string name = record.GetProperty("n").GetString()!;
            if (name.StartsWith("temperature", StringComparison.Ordinal))
            {
                double at = time + (record.TryGetProperty("t", out JsonElement t) ? t.GetDouble() : 0);
                decimal value = record.GetProperty("v").GetDecimal() * (name.EndsWith("count", StringComparison.Ordinal) ? 1 : 100);
                Received.Add(new Sending(name, (int)value, (long)((at - ManualClock.Now) * 1000)));
            }
        }
    }
}
