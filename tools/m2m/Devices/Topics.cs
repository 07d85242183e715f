using System.Globalization;
using M2m.Updates;

namespace M2m.Devices;

/// <summary>The topics under a prefix.</summary>
/// <param name="prefix">First level or levels.</param>
internal sealed class Topics(string prefix)
{
    /// <summary>Stands for any one level.</summary>
    public const string Any = "+";

    /// <summary>Presence.</summary>
    public const string StatusLevel = "status";

    /// <summary>Readings.</summary>
    public const string TelemetryLevel = "telemetry";

    /// <summary>What befell it.</summary>
    public const string EventLevel = "event";

    /// <summary>Lines of its log.</summary>
    public const string LogLevel = "log";

    /// <summary>Where it asks for a block of a release.</summary>
    public const string UpdateGetLevel = "update/get";

    /// <summary>A topic of a device.</summary>
    /// <param name="device">Its id, or <see cref="Any"/>.</param>
    /// <param name="level">What stands after it.</param>
    /// <returns>The topic.</returns>
    public string Of(string device, string level) => $"{prefix}/{device}/{level}";

    /// <summary>Where a device is asked.</summary>
    /// <param name="device">Its id.</param>
    /// <returns>The topic.</returns>
    public string Request(string device) => Of(device, "request");

    /// <summary>Where every member of a group is asked.</summary>
    /// <param name="group">Its name.</param>
    /// <returns>The topic.</returns>
    public string GroupRequest(string group) => $"{prefix}/group/{group}/request";

    /// <summary>Where a device answers.</summary>
    /// <param name="device">Its id, or <see cref="Any"/>.</param>
    /// <param name="client">Name of the asker.</param>
    /// <returns>The topic.</returns>
    public string Response(string device, string client) => Of(device, "response/" + client);

    /// <summary>Where a release is offered to all devices of a board.</summary>
    /// <param name="board">The board, or <see cref="Any"/>.</param>
    /// <returns>The topic.</returns>
    public string UpdateManifest(string board) => $"{prefix}/update/{board}/manifest";

    /// <summary>Where a device gets a block.</summary>
    /// <param name="device">Its id.</param>
    /// <param name="version">Of which release.</param>
    /// <param name="block">Which block.</param>
    /// <returns>The topic.</returns>
    public string UpdateBlock(string device, ReleaseVersion version, int block) => Of(device, string.Create(CultureInfo.InvariantCulture, $"update/block/{version.TopicLevel}/{block}"));

    /// <summary>Reads the topic of an offer.</summary>
    /// <param name="topic">A topic.</param>
    /// <param name="board">The board.</param>
    /// <returns>False when it is another one.</returns>
    public bool TryReadManifest(string topic, out string board)
    {
        board = string.Empty;
        if (!TryRead(topic, out string first, out string level) || first != "update" || !level.EndsWith("/manifest", StringComparison.Ordinal))
        {
            return false;
        }

        board = level[..^"/manifest".Length];
        return Manifest.IsBoard(board);
    }

    /// <summary>Takes a topic apart.</summary>
    /// <param name="topic">A topic.</param>
    /// <param name="device">Id of the device.</param>
    /// <param name="level">What stands after it.</param>
    /// <returns>False when it is not of a device under this prefix.</returns>
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
