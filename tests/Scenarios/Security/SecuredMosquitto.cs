extern alias host;

using System.Diagnostics;
using System.Globalization;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using MQTTnet;
using MQTTnet.Formatter;
using host::System.Security.Cryptography.X509Certificates;

namespace Scenarios.Security;

/// <summary>
/// mosquitto with the files of the pages security.md and enroll.md, changed only in folders and ports. Beside them stand a
/// listener for devices without TLS, with the rules of devices, and one on which the test may do everything.
/// </summary>
internal sealed partial class SecuredMosquitto : BrokerProcess
{
    public const string DevicePassword = "only-of-this-test";

    private const string PageFolder = "/etc/mosquitto/";

    private readonly string[] _devices;

    /// <param name="devices">Ids that may connect without TLS, by user name and password.</param>
    public SecuredMosquitto(params string[] devices)
        : base("mosquitto")
    {
        _devices = devices;
    }

    /// <summary>A device that is locked out as the page says; null for none.</summary>
    public string? LockedOut { get; init; }

    public TestAuthority Devices { get; } = new("devices CA");

    public TestAuthority People { get; } = new("people CA");

    public TestAuthority Bootstrap { get; } = new("bootstrap CA");

    public int DevicesPort { get; } = FreePort.Next();

    public int PeoplePort { get; } = FreePort.Next();

    /// <summary>For new devices.</summary>
    public int BootstrapPort { get; } = FreePort.Next();

    /// <summary>For simulated devices without TLS.</summary>
    public int PlainPort { get; } = FreePort.Next();

    /// <summary>The files of the pages by name, those of enroll.md at the end of those that they belong to.</summary>
    public static IReadOnlyDictionary<string, string> FilesOfThePages()
    {
        Dictionary<string, string> files = FilesOf("security.md");
        foreach ((string name, string text) in FilesOf("enroll.md"))
        {
            string to = name switch { "enroll.conf" => "mosquitto.conf", "enroller.acl" => "people.acl", _ => name };
            files[to] = files.GetValueOrDefault(to) + text;
        }

        return files;
    }

    /// <summary>Connects with MQTT 5, which has a reason code for each publish.</summary>
    public async Task<IMqttClient> ConnectAsync(TestAuthority issuer, string name, int port, string? clientId = null, bool isPersistent = false, Action<string>? take = null)
    {
        using X509Certificate2 certificate = issuer.Issue(name);
        return await ConnectAsync(port, certificate, clientId, isPersistent, take);
    }

    /// <param name="port">Of the listener.</param>
    /// <param name="certificate">With its key; null for none.</param>
    /// <param name="clientId">Null for any.</param>
    /// <param name="isPersistent">Whether it goes on with its session, and leaves one.</param>
    /// <param name="take">Called with the topic of each message.</param>
    public async Task<IMqttClient> ConnectAsync(int port, X509Certificate2? certificate, string? clientId = null, bool isPersistent = false, Action<string>? take = null)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e =>
        {
            take?.Invoke(e.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        MqttClientOptions options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer("127.0.0.1", port)
            .WithClientId(clientId ?? "t-" + Guid.NewGuid().ToString("N")[..12])
            .WithCleanStart(!isPersistent)
            .WithSessionExpiryInterval(isPersistent ? uint.MaxValue : 0)
            .WithTlsOptions(tls => tls.UseTls()
                .WithSslProtocols(SslProtocols.Tls12 | SslProtocols.Tls13)
                .WithTrustChain([People.Certificate])
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithClientCertificates(certificate is null ? [] : [certificate]))
            .Build();
        await client.ConnectAsync(options);
        return client;
    }

    protected override async Task<ProcessStartInfo> PrepareAsync()
    {
        foreach ((string name, string text) in FilesOfThePages())
        {
            string own = text.Replace(PageFolder, Folder + "/", StringComparison.Ordinal)
                .Replace("/var/lib/mosquitto/", Folder + "/", StringComparison.Ordinal)
                .Replace("listener 8882", Listener(BootstrapPort), StringComparison.Ordinal)
                .Replace("listener 8883", Listener(DevicesPort), StringComparison.Ordinal)
                .Replace("listener 8884", Listener(PeoplePort), StringComparison.Ordinal);
            string deny = name == "devices.acl" && LockedOut is not null ? $"user {LockedOut}\ntopic deny #\n\n" : string.Empty;
            await File.WriteAllTextAsync(Path.Combine(Folder, name), deny + own);
        }

        Bootstrap.WriteCertificate(Path.Combine(Folder, "bootstrap-ca.pem"));
        Devices.WriteCertificate(Path.Combine(Folder, "devices-ca.pem"));
        People.WriteCertificate(Path.Combine(Folder, "people-ca.pem"));
        People.WriteServer(Path.Combine(Folder, "server.pem"), Path.Combine(Folder, "server-key.pem"));
        string passwords = Path.Combine(Folder, "passwords");
        await File.WriteAllLinesAsync(passwords, _devices.Select(device => $"{device}:{DevicePassword}"));
        using (Process hash = Process.Start("mosquitto_passwd", ["-U", passwords]))
        {
            await hash.WaitForExitAsync();
        }

        string config = Path.Combine(Folder, "mosquitto.conf");
        await File.AppendAllTextAsync(config, $"""

            user {Environment.UserName}
            {Listener(PlainPort)}
            allow_anonymous false
            password_file {passwords}
            use_username_as_clientid true
            acl_file {Folder}/devices.acl
            {Listener(Port)}
            allow_anonymous true

            """);
        return new ProcessStartInfo(MosquittoBroker.Executable!, ["-c", config]);
    }

    private static Dictionary<string, string> FilesOf(string page) => FilePattern()
        .Matches(File.ReadAllText(Path.Combine(RepositoryFolder(), "firmware", "docs", page)))
        .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static string Listener(int port) => string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1");

    private static string RepositoryFolder()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Firmware.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("outside the repository");
        }

        return folder;
    }

    [GeneratedRegex(@"^`/etc/mosquitto/([a-z.]+)`[^\n]*:\n```\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FilePattern();
}
