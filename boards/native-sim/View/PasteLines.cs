using System.Globalization;
using M2m.Client.View;

namespace Boards.NativeSim.View;

/// <summary>Lines to paste into a shell.</summary>
internal static class PasteLines
{
    /// <summary>Shows all messages of all devices.</summary>
    /// <param name="info">Broker and devices.</param>
    /// <returns>A <c>mosquitto_sub</c> line.</returns>
    public static string Subscribe(RunInfo info) => $"mosquitto_sub {Connection(info)} -v -t {Quote(info.Prefix + "/#")}";

    /// <summary>
    /// Asks the first device for a measurement. A repeated id is answered from memory, so each paste makes its own.
    /// </summary>
    /// <param name="info">Broker and devices.</param>
    /// <returns>A <c>mosquitto_pub</c> line.</returns>
    public static string Request(RunInfo info) =>
        $"mosquitto_pub {Connection(info)} -t {Quote($"{info.Prefix}/{info.DeviceIds[0]}/request")} "
        + """-m '{"jsonrpc":"2.0","id":"'$(date +%s)'","method":"read","from":"me"}'""";

    private static string Connection(RunInfo info)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"-h {Quote(info.Host)} -p {info.Port}");
        string user = info.User is null ? string.Empty : $" -u {Quote(info.User)}";
        return address + user + (info.HasPassword ? " -P \"$MQTT_PASSWORD\"" : string.Empty);
    }

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or ':')
            ? word
            : $"'{PrintableText.Clean(word).Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
