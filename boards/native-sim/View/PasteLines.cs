using System.Globalization;
using M2m.Client.View;

namespace Boards.NativeSim.View;

internal static class PasteLines
{
    public static string Subscribe(RunInfo info) => $"mosquitto_sub {Connection(info)} -v -t {Quote(info.Prefix + "/#")}";

    /// <summary>A repeated id is answered from memory: each paste makes its own id.</summary>
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
