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

    /// <summary>Takes only methods that read: viewers may publish there.</summary>
    public const string QueryLevel = "query";

    public const string ResponseLevel = "response";

    public const string LogLevel = "log";

    public const string UpdateGetLevel = "update/get";

    public string Of(string device, string level) => $"{prefix}/{device}/{level}";

    public string Request(string device, bool isQuery) => Of(device, Door(isQuery));

    public string GroupRequest(string group, bool isQuery) => $"{prefix}/group/{group}/{Door(isQuery)}";

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

    private static string Door(bool isQuery) => isQuery ? QueryLevel : RequestLevel;

    private const int MaxId = 64;
}
