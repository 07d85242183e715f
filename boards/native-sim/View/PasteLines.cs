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

    /// <summary>With TLS only: without, m2m needs no options for the embedded broker.</summary>
    public static string? Watch(RunInfo info) => info.Credentials is not { } tls ? null
        : $"dotnet run --project tools/m2m -- watch --broker {Quote(info.Broker)} --prefix {Quote(info.Prefix)} --ca {Quote(tls.CaFile)}"
            + (tls.CertificateFile is null ? string.Empty : $" --cert {Quote(tls.CertificateFile)}")
            + (tls.KeyFile == tls.CertificateFile ? string.Empty : $" --key {Quote(tls.KeyFile!)}");

    private static string Connection(RunInfo info)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"-h {Quote(info.Host)} -p {info.Port}");
        string user = info.User is null ? string.Empty : $" -u {Quote(info.User)}";
        string files = info.Credentials is not { } tls ? string.Empty
            : $" --cafile {Quote(tls.CaFile)}" + (tls.CertificateFile is null ? string.Empty : $" --cert {Quote(tls.CertificateFile)} --key {Quote(tls.KeyFile!)}");
        return address + files + user + (info.HasPassword ? " -P \"$MQTT_PASSWORD\"" : string.Empty);
    }

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or ':')
            ? word
            : $"'{PrintableText.Clean(word).Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
