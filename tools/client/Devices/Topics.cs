using System.Globalization;
using M2m.Client.Arguments;
using M2m.Client.Updates;

namespace M2m.Client.Devices;

public sealed class Topics(string prefix)
{
    public const string Any = "+";

    public const string StatusLevel = "status";

    public const string TelemetryLevel = "telemetry";

    public const string EventLevel = "event";

    public const string RequestLevel = "request";

    public const string ResponseLevel = "response";

    public const string LogLevel = "log";

    public const string UpdateGetLevel = "update/get";

    public string Of(string device, string level) => $"{prefix}/{device}/{level}";

    public string Request(string device) => Of(device, RequestLevel);

    public string GroupRequest(string group) => $"{prefix}/group/{group}/request";

    public string Response(string device, string client) => Of(device, $"{ResponseLevel}/{client}");

    public string UpdateManifest(string board) => $"{prefix}/update/{board}/manifest";

    public string UpdateBlock(string device, ReleaseVersion version, int block) => Of(device, string.Create(CultureInfo.InvariantCulture, $"update/block/{version.TopicLevel}/{block}"));

    public bool TryReadManifest(string topic, out string board)
    {
        board = string.Empty;
        if (!TryRead(topic, out string first, out string level) || first != "update" || !level.EndsWith("/manifest", StringComparison.Ordinal))
        {
            return false;
        }

        board = level[..^"/manifest".Length];
        return Names.IsBoard(board);
    }

    public bool TryRead(string topic, out string device, out string level)
    {
        device = string.Empty;
        level = string.Empty;
        if (!topic.StartsWith(prefix + "/", StringComparison.Ordinal))
        {
            return false;
        }

        string[] parts = topic[(prefix.Length + 1)..].Split('/', 2);
        if (parts.Length != 2 || parts[0].Length is 0 or > MaxId)
        {
            return false;
        }

        device = parts[0];
        level = parts[1];
        return true;
    }

    private const int MaxId = 64;
}
