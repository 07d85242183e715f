using System.Text;
using System.Text.Json;
using M2m.Client;
using M2m.Client.Files;
using M2m.Client.Mqtt;
using M2m.Client.View;

namespace M2m.Enrollment;

/// <summary>
/// A file with a line for each certificate that was issued and for each device that was enrolled. A device that it has as
/// enrolled is not new; one that it has on the way goes on without being asked for.
/// </summary>
internal sealed class EnrollmentLog
{
    public const string Issued = "issued";

    public const string Enrolled = "enrolled";

    private const int MaxFile = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _last = [];
    private readonly Dictionary<string, (string Site, DateTimeOffset Time)> _before = [];
    private readonly string? _path;

    private EnrollmentLog(string? path)
    {
        _path = path;
    }

    /// <param name="path">Null: nothing is kept beyond this run.</param>
    public static EnrollmentLog Open(string? path)
    {
        var log = new EnrollmentLog(path);
        if (path is not null && File.Exists(path))
        {
            // The last line of a server that was killed may be cut off.
            foreach (string line in Encoding.UTF8.GetString(SmallFile.Read(path, MaxFile)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Json.TryParse(Encoding.UTF8.GetBytes(line), out JsonElement entry) && Json.Text(entry, "device") is { } device && Json.Text(entry, "state") is { } state)
                {
                    log._last[device] = state;
                    log._before.Remove(device);
                    if (state == Issued && Json.Text(entry, "site") is { } site && Json.Number(entry, "time") is { } time)
                    {
                        log._before[device] = (site, new DateTimeOffset(TimeText.Utc(time)));
                    }
                }
            }
        }

        return log;
    }

    /// <summary>What it has last of a device; null: nothing.</summary>
    public string? StateOf(string device)
    {
        lock (_gate)
        {
            return _last.GetValueOrDefault(device);
        }
    }

    /// <summary>Whether a server before this one has given it a certificate of the site so lately that its trial may go on.</summary>
    public bool MayBeOnTrial(string device, string site, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _before.TryGetValue(device, out (string Site, DateTimeOffset Time) issued) && issued.Site == site && now - issued.Time < Applicant.TrialPatience;
        }
    }

    /// <summary>The devices of which that may be so.</summary>
    public string[] MayBeOnTrial(string site, DateTimeOffset now)
    {
        lock (_gate)
        {
            return [.. _before.Keys.Where(device => MayBeOnTrial(device, site, now))];
        }
    }

    /// <summary>Adds a line. That a device is enrolled has one line only, however often its announcement is ended.</summary>
    /// <exception cref="FailedException">It cannot be written.</exception>
    public void Add(string device, string state, string site, byte[]? serial)
    {
        string line = JsonText.Compact(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("time", DateTimeOffset.UtcNow.ToUnixTimeSeconds());
            writer.WriteString("device", device);
            writer.WriteString("state", state);
            writer.WriteString("site", site);
            if (serial is not null)
            {
                writer.WriteString("serial", Convert.ToHexStringLower(serial));
            }

            writer.WriteEndObject();
        });
        lock (_gate)
        {
            if (state == Enrolled && _last.GetValueOrDefault(device) == Enrolled)
            {
                return;
            }

            _last[device] = state;
            _before.Remove(device);
            if (_path is null)
            {
                return;
            }

            try
            {
                // A line that was cut off stays alone.
                bool isWhole = !File.Exists(_path) || EndsWithLine(_path);
                File.AppendAllText(_path, (isWhole ? string.Empty : "\n") + line + "\n");
            }
            catch (Exception e) when (SmallFile.IsAccess(e))
            {
                throw new FailedException($"{_path} cannot be written: {e.Message}");
            }
        }
    }

    private static bool EndsWithLine(string path)
    {
        using FileStream file = File.OpenRead(path);
        if (file.Length == 0)
        {
            return true;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }
}
