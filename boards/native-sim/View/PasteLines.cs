using System.Globalization;
using M2m.Client.Mqtt;
using M2m.Client.View;

namespace Boards.NativeSim.View;

/// <summary>Commands that connect as those who watch do. They contain no password.</summary>
internal static class PasteLines
{
    private const string M2mDefault = "mqtt://127.0.0.1:1883";
    private const string M2mPrefix = "m2m";
    private const string Password = "\"$MQTT_PASSWORD\"";

    public static IReadOnlyList<(string Purpose, string Line)> Of(ObserverAccess access, string prefix, string device)
    {
        string connection = Connection(access);
        var lines = new List<(string, string)>
        {
            ("see all messages", $"mosquitto_sub {connection} -v -t {Quote(prefix + "/#")}"),

            // A repeated id is answered from memory: each paste makes its own id.
            ("ask for a reading", $"mosquitto_pub {connection} -t {Quote($"{prefix}/{device}/request")} " + """-m '{"jsonrpc":"2.0","id":"'$(date +%s)'","method":"read","from":"me"}'"""),
        };

        // m2m needs no options where it looks by itself.
        if (access.Address.IsSecure || access.Address.ToString() != M2mDefault || prefix != M2mPrefix)
        {
            lines.Add(("watch with m2m", Watch(access, prefix)));
        }

        return lines;
    }

    // A password in a variable is not in the list of processes.
    private static string Watch(ObserverAccess access, string prefix)
    {
        BrokerAddress broker = access.Address;
        string url = broker.ToString();
        string user = broker.User is null ? string.Empty : Uri.EscapeDataString(broker.User) + (broker.Password is null ? string.Empty : ":" + Password) + "@";
        string variable = user.Length == 0 ? string.Empty : $"M2M_BROKER={url.Insert(url.IndexOf("//", StringComparison.Ordinal) + 2, user)} ";
        string option = user.Length == 0 ? $" --broker {Quote(url)}" : string.Empty;
        return $"{variable}dotnet run --project tools/m2m -- watch{option} --prefix {Quote(prefix)}"
            + (access.CaFile is null ? string.Empty : $" --ca {Quote(access.CaFile)}")
            + (access.CertificateFile is null ? string.Empty : $" --cert {Quote(access.CertificateFile)}")
            + (access.KeyFile == access.CertificateFile ? string.Empty : $" --key {Quote(access.KeyFile!)}");
    }

    private static string Connection(ObserverAccess access)
    {
        BrokerAddress broker = access.Address;
        string address = string.Create(CultureInfo.InvariantCulture, $"-h {Quote(broker.Host)} -p {broker.Port}");
        string authorities = !broker.IsSecure ? string.Empty : access.CaFile is null ? " --tls-use-os-certs" : $" --cafile {Quote(access.CaFile)}";
        string own = access.CertificateFile is null ? string.Empty : $" --cert {Quote(access.CertificateFile)} --key {Quote(access.KeyFile!)}";
        string user = broker.User is null ? string.Empty : $" -u {Quote(broker.User)}";
        return address + authorities + own + user + (broker.Password is null ? string.Empty : " -P " + Password);
    }

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or ':')
            ? word
            : $"'{PrintableText.Clean(word).Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
