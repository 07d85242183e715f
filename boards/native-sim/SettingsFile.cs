using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;

namespace Boards.NativeSim;

/// <summary>
/// The settings.json of the devices: the user's file, with the options of the command line on top. The device judges the
/// rest of it.
/// </summary>
internal sealed class SettingsFile
{
    private const string BrokerKey = "broker";
    private const string PrefixKey = "prefix";
    private const string IntervalKey = "interval";
    private const string PowerKey = "power";
    private const string ModeKey = "mode";
    private const string CapacityKey = "capacity";
    private const string MqttKey = "mqtt";
    private const string VersionKey = "version";
    private const long MaxLength = 1 << 20;

    private readonly byte[] _json;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private SettingsFile(byte[] json, bool namesBroker)
    {
        _json = json;
        NamesBroker = namesBroker;
    }

    public static SettingsFile Empty { get; } = new("{}"u8.ToArray(), namesBroker: false);

    public bool NamesBroker { get; }

    public static SettingsFile Load(string path)
    {
        byte[] json = Read(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new UsageException($"--settings: {path} must hold a JSON object, e.g. {{\"interval\":10}}");
            }

            var file = new SettingsFile(Nest(document.RootElement, json), document.RootElement.TryGetProperty(BrokerKey, out _));

            // Finds now what cannot be written later, e.g. half a surrogate pair.
            _ = file.Overlay(null, null, null, null, null, null);
            return file;
        }
        catch (JsonException e)
        {
            throw new UsageException($"--settings: {path} is not JSON: see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new UsageException($"--settings: {path} is not JSON: {e.Message}");
        }
    }

    /// <summary>Settings that name no broker.</summary>
    public static SettingsFile Of(JsonElement settings) => new(Nest(settings, Encoding.UTF8.GetBytes(settings.GetRawText())), namesBroker: false);

    public string Overlay(BrokerAddress? broker, string? mqttVersion, string? prefix, int? interval, string? mode, int? battery, RunCredentials? credentials = null)
    {
        (string, JsonNode?)[] mqtt = [(VersionKey, mqttVersion)];
        (string, JsonNode?)[] power = [(ModeKey, mode), (CapacityKey, battery)];
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            CopyOthers(writer, [broker is null ? null : BrokerKey, IsGiven(mqtt) ? MqttKey : null, prefix is null ? null : PrefixKey, interval is null ? null : IntervalKey, IsGiven(power) ? PowerKey : null]);
            if (broker is not null)
            {
                WriteBroker(writer, broker, credentials);
            }

            WriteGroup(writer, MqttKey, mqtt);
            if (prefix is not null)
            {
                writer.WriteString(PrefixKey, prefix);
            }

            if (interval is not null)
            {
                writer.WriteNumber(IntervalKey, interval.Value);
            }

            WriteGroup(writer, PowerKey, power);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // A device reads nested settings; m2m settings get, and the documentation, name them with dots.
    private static byte[] Nest(JsonElement settings, byte[] json)
    {
        if (!settings.EnumerateObject().Any(member => member.Name.Contains('.', StringComparison.Ordinal)))
        {
            return json;
        }

        var root = new JsonObject();
        foreach (JsonProperty member in settings.EnumerateObject())
        {
            Put(root, member.Name, member.Name.Split('.'), JsonNode.Parse(member.Value.GetRawText()));
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static void Put(JsonObject into, string key, string[] path, JsonNode? value)
    {
        if (path.Length == 1)
        {
            if (into[path[0]] is JsonObject known && value is JsonObject more)
            {
                foreach ((string name, JsonNode? inner) in more.ToArray())
                {
                    more.Remove(name);
                    Put(known, $"{key}.{name}", [name], inner);
                }
            }
            else if (!into.TryAdd(path[0], value))
            {
                throw new UsageException($"--settings: '{key}' is there twice");
            }

            return;
        }

        if (into[path[0]] is null)
        {
            into[path[0]] = new JsonObject();
        }

        Put(into[path[0]] as JsonObject ?? throw new UsageException($"--settings: '{key}' is below a value"), key, path[1..], value);
    }

    private static byte[] Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] content = new byte[MaxLength + 1];
            int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);

            // A byte order mark is no JSON, but the device skips it too.
            int start = content.AsSpan(0, length).StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
            return length <= MaxLength
                ? content[start..length]
                : throw new UsageException($"--settings: {path} is larger than {MaxLength} bytes; a device reads 4096");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--settings: cannot read the file: {e.Message}");
        }
    }

    private static void WriteBroker(Utf8JsonWriter writer, BrokerAddress broker, RunCredentials? credentials)
    {
        writer.WriteStartObject(BrokerKey);
        writer.WriteString("host", broker.Host);
        writer.WriteNumber("port", broker.Port);
        if (broker.User is not null)
        {
            writer.WriteString("user", broker.User);
        }

        if (broker.Password is not null)
        {
            writer.WriteString("password", broker.Password);
        }

        if (credentials is not null)
        {
            writer.WriteBoolean("tls", true);
            writer.WriteString("ca", RunCredentials.Ca);
            if (credentials.HasOwn)
            {
                writer.WriteString("credential", RunCredentials.Own);
            }
        }

        writer.WriteEndObject();
    }

    private static bool IsGiven((string Name, JsonNode? Value)[] members) => members.Any(member => member.Value is not null);

    // The file's own members of the group stay, but for those that are given.
    private void WriteGroup(Utf8JsonWriter writer, string key, (string Name, JsonNode? Value)[] members)
    {
        if (!IsGiven(members))
        {
            return;
        }

        writer.WriteStartObject(key);
        using JsonDocument document = JsonDocument.Parse(_json);
        if (document.RootElement.TryGetProperty(key, out JsonElement group) && group.ValueKind == JsonValueKind.Object)
        {
            Copy(writer, group, [.. members.Select(member => member.Value is null ? null : member.Name)]);
        }

        foreach ((string name, JsonNode? value) in members)
        {
            if (value is not null)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private void CopyOthers(Utf8JsonWriter writer, string?[] replaced)
    {
        using JsonDocument document = JsonDocument.Parse(_json);
        Copy(writer, document.RootElement, replaced);
    }

    private static void Copy(Utf8JsonWriter writer, JsonElement from, string?[] replaced)
    {
        foreach (JsonProperty member in from.EnumerateObject())
        {
            if (!replaced.Contains(member.Name))
            {
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(member.Value.GetRawText());
            }
        }
    }
}
