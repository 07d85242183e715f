using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firmware.Security;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Files;
using M2m.Client.Mqtt;
using M2m.Devices;
using M2m.View;

namespace M2m.Setup;

/// <summary>Checks what is wished, asks for the rest, and makes the files of the device. Nothing of a secret is in a message.</summary>
internal sealed class SetupPlanner(SetupWishes wishes, SetupQuestions questions)
{
    // The names that the set-up page uses.
    private const string CaName = "setup-ca";
    private const string OwnName = "setup-own";

    private const string WifiKey = "wifi";
    private const string BrokerKey = "broker";
    private const string PrefixKey = "prefix";
    private const int MaxFile = 64 * 1024;
    private const int MinPassword = 8;
    private const int MaxPassword = 63;

    private readonly FirmwareSettings _settings = new();
    private readonly FileMemory _files = new();

    public async Task<SetupPlan> MakeAsync()
    {
        Refuse(wishes.HasNoWifi && (wishes.Ssid ?? wishes.WifiPasswordFile) is not null, "--no-wifi contradicts --ssid and --wifi-password-file");
        Refuse(wishes.IsOpen && wishes.WifiPasswordFile is not null, "--open contradicts --wifi-password-file");
        Refuse(wishes.WifiPasswordFile == "-" && wishes.BrokerPasswordFile == "-", "standard input has one password: give the other in a file");
        Refuse(wishes.IsFilesOnly && wishes.Image is not null, "--files-only contradicts --image");

        // What is given is checked before anything is asked.
        JsonObject settings = Given();
        _ = _settings.ToFile(settings);
        var children = new ChildSettings();
        children.Apply(settings);
        children.Ignored(settings).Append(BrokerFallback.Warning(settings)).OfType<string>().ToList().ForEach(warning => Output.Note("m2m: warning: " + warning));
        SetupBoard? board = wishes.IsFilesOnly ? null : await BoardAsync().ConfigureAwait(false);
        if (wishes.Image is { } image && !File.Exists(image))
        {
            throw new UsageException($"--image: there is no file {image}");
        }

        string port = wishes.Port ?? await questions.TextAsync("Serial port, such as COM3 or /dev/ttyUSB0:", "--serial-port", NotEmpty).ConfigureAwait(false);
        if (!settings.ContainsKey(WifiKey) && !wishes.HasNoWifi)
        {
            settings[WifiKey] = await WifiAsync().ConfigureAwait(false);
        }

        if (!settings.ContainsKey(BrokerKey))
        {
            settings[BrokerKey] = await BrokerAsync().ConfigureAwait(false);
        }

        byte[] file = _settings.ToFile(settings);
        (string, byte[])[] credentials = [.. _files.List().Select(name => (name, _files.Read(name)!))];
        return new SetupPlan(board, wishes.Target ?? board?.Target, port, wishes.Image ?? board?.FindImage(), [(SetupPlan.SettingsFile, file), .. credentials]);
    }

    private static void Refuse(bool isWrong, string reason)
    {
        if (isWrong)
        {
            throw new UsageException(reason);
        }
    }

    private static string? NotEmpty(string text) => text.Trim().Length > 0 ? null : "it is empty";

    private JsonObject Given()
    {
        JsonObject settings = wishes.File is { } path ? _settings.Schema.Flatten(Parse(path)) : [];
        IEnumerable<(string Key, JsonNode? Value)> pairs = wishes.Pairs.Select(pair => (pair.Key, _settings.Schema.Value(pair)));
        foreach ((string key, JsonNode? value) in wishes.Prefix is { } prefix ? pairs.Append((PrefixKey, prefix)) : pairs)
        {
            Refuse(!settings.TryAdd(key, value), $"'{key}' is given twice");
        }

        Refuse(settings.ContainsKey(WifiKey) && (wishes.Ssid is not null || wishes.HasNoWifi), "'wifi' is among the settings: leave out --ssid and --no-wifi");
        Refuse(settings.ContainsKey(BrokerKey) && wishes.Broker is not null, "'broker' is among the settings: leave out --broker");

        // Null is the default, which the device has without it.
        return new JsonObject(settings.Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create(setting.Key, setting.Value?.DeepClone())));
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return JsonNode.Parse(SmallFile.Read(path, MaxFile), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new UsageException($"--file: {path} must hold a JSON object, e.g. {{\"interval\":10}}");
        }
        catch (JsonException e)
        {
            throw new UsageException($"--file: {path} is not JSON: see line {e.LineNumber + 1}");
        }
    }

    private async Task<SetupBoard> BoardAsync()
    {
        string[] names = [.. SetupBoard.All.Select(one => one.Name)];
        string name = wishes.Board ?? await questions.ChoiceAsync("Board:", "--board", names).ConfigureAwait(false);
        return SetupBoard.All.FirstOrDefault(one => one.Name == name)
            ?? throw new UsageException($"there is no board '{name}'.{Nearest.Question(name, names)} There are {string.Join(", ", names)}");
    }

    private async Task<JsonNode> WifiAsync()
    {
        string ssid = wishes.Ssid ?? await questions.TextAsync("Name of the Wi-Fi network:", "--ssid (or --no-wifi)", NotEmpty).ConfigureAwait(false);
        var network = new JsonObject { ["ssid"] = ssid };
        if (!wishes.IsOpen)
        {
            string password = wishes.WifiPasswordFile is { } path
                ? Secret(path, "--wifi-password-file")
                : await questions.SecretAsync("Its password (empty: none):", "--wifi-password-file (or --open)", text => text.Length == 0 ? null : WifiFault(text)).ConfigureAwait(false);
            Refuse(wishes.WifiPasswordFile is not null && WifiFault(password) is not null, $"--wifi-password-file: {WifiFault(password)}");
            if (password.Length > 0)
            {
                network["password"] = password;
            }
        }

        return new JsonArray(network);
    }

    private static string? WifiFault(string password) =>
        password.Length is >= MinPassword and <= MaxPassword ? null : $"a password of Wi-Fi has {MinPassword} to {MaxPassword} characters";

    private async Task<JsonNode> BrokerAsync()
    {
        string text = wishes.Broker ?? await questions.TextAsync($"The device's broker, {BrokerAddress.Rule}:", "--broker", url => BrokerAddress.TryParse(url, out _) ? null : $"must be {BrokerAddress.Rule}").ConfigureAwait(false);
        if (!BrokerAddress.TryParse(text, out BrokerAddress? address))
        {
            throw new UsageException($"--broker must be {BrokerAddress.Rule}");
        }

        if (address.IsLoopback)
        {
            Output.Note($"m2m: warning: {address.Host} is the device itself to a device: give the address that this computer has in its network");
        }

        var broker = new JsonObject { ["host"] = address.Host, ["port"] = address.Port };
        Refuse(address.User is null && wishes.BrokerPasswordFile is not null, "--broker-password-file needs a user in --broker: mqtt://user@host");
        if (address.User is not null)
        {
            broker["user"] = address.User;
            string password = address.Password ?? (wishes.BrokerPasswordFile is { } path
                ? Secret(path, "--broker-password-file")
                : await questions.SecretAsync($"Password of {address.User} at the broker:", "--broker-password-file", _ => null).ConfigureAwait(false));
            broker["password"] = password;
        }

        AddTls(broker, address);
        return broker;
    }

    private void AddTls(JsonObject broker, BrokerAddress address)
    {
        if (!address.IsSecure)
        {
            Refuse((wishes.Ca ?? wishes.Certificate ?? wishes.Key) is not null, $"--ca, --cert and --key need a broker with TLS: mqtts://, not {address}");
            return;
        }

        Refuse(wishes.Ca is null, "--ca is missing: the device trusts no authority but those that it is given");
        Refuse(wishes.Key is not null && wishes.Certificate is null, "--key needs --cert");
        broker["tls"] = true;
        broker["ca"] = CaName;
        Keep(CaName, CredentialFiles.Ca, [wishes.Ca!], "--ca");
        if (wishes.Certificate is { } certificate)
        {
            broker["credential"] = OwnName;
            Keep(OwnName, CredentialFiles.Client, wishes.Key is { } key && key != certificate ? [certificate, key] : [certificate], "--cert");
        }
    }

    // With the firmware's own store: what it refuses, a device would not read.
    private void Keep(string name, string kind, string[] paths, string option)
    {
        CredentialFiles credential = Load(paths, option);
        Refuse(credential.Kind != kind, kind == CredentialFiles.Ca
            ? $"--ca: {paths[0]} has a private key, which does not belong on a device"
            : $"--cert: {paths[0]} has no private key: --key names its file");
        if (credential.Doubt is not null)
        {
            Output.Note("m2m: warning: " + credential.Doubt);
        }

        var store = new CredentialStore(_files);
        store.DeleteParts();
        store.Append(Encoding.ASCII.GetBytes(credential.Text));
        string? reason = store.Keep(name, kind == CredentialFiles.Client, DateTimeOffset.UtcNow.ToUnixTimeSeconds(), out _);
        Refuse(reason is not null, $"{option}: {string.Join(" and ", paths)} {reason}");
    }

    private static CredentialFiles Load(string[] paths, string option)
    {
        try
        {
            return CredentialFiles.Load(paths);
        }
        catch (FailedException e)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }

    private static string Secret(string path, string option)
    {
        try
        {
            string text = path == "-" ? Console.In.ReadLine() ?? string.Empty : Encoding.UTF8.GetString(SmallFile.Read(path, MaxFile));
            return text.Split('\n')[0].TrimEnd('\r');
        }
        catch (FailedException e)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }
}
