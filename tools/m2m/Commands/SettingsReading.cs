using System.Text.Json;
using System.Text.Json.Nodes;
using M2m.Client;
using M2m.Client.Mqtt;
using M2m.Client.View;
using M2m.Devices;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class SettingsReading
{
    public static async Task<int> GetAsync(Invocation invocation, string device, string[] keys)
    {
        (long revision, List<JsonProperty> values) = await Output.WaitAsync($"reading the settings of {device}", async _ =>
        {
            await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
            return await ReadKnownAsync(session, keys).ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer => Write(writer, revision, values));
            return 0;
        }

        invocation.Output.Table(["Setting", "Value"], values.Select(value => (IReadOnlyList<(string, Style)>)
        [
            (value.Name, Style.Plain), (JsonText.Plain(value.Value), new Style(decoration: Decoration.Bold)),
        ]));
        Output.Note(FormattableString.Invariant($"m2m: revision {revision}"));
        return 0;
    }

    public static async Task<int> SchemaAsync(Invocation invocation, string device, string[] keys)
    {
        SettingsSchema schema = await Output.WaitAsync($"reading the schema of {device}", async _ =>
        {
            await using DeviceSession session = await DeviceSession.OpenAsync(device, invocation).ConfigureAwait(false);
            return await SettingsSchema.ReadAsync(session).ConfigureAwait(false);
        }).ConfigureAwait(false);
        SettingsEntry[] entries = [.. schema.Entries.Where(entry => keys.Length == 0 || keys.Any(key => entry.IsFor(key) || entry.Name.StartsWith(key + ".", StringComparison.Ordinal)))];
        if (schema.FirstUnknown(keys) is { } unknown)
        {
            throw schema.Unknown(unknown);
        }

        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer => Write(writer, entries));
            return 0;
        }

        invocation.Output.Table(["Setting", "Type", "Range", "Unit", "Default", "Effect"], entries.Select(entry => (IReadOnlyList<(string, Style)>)
        [
            (entry.Name, Style.Plain), (entry.Type, Color.Grey), (entry.Range, Style.Plain), (entry.Unit, Style.Plain), (entry.Default, Style.Plain), (entry.Effect, Style.Plain),
        ]));
        return 0;
    }

    // The device only counts the items: the schema says what was meant.
    private static async Task<(long Revision, List<JsonProperty> Values)> ReadKnownAsync(DeviceSession session, string[] keys)
    {
        try
        {
            return await ReadAsync(session, keys).ConfigureAwait(false);
        }
        catch (DeviceRefusedException e) when (e.Error.Param == "keys")
        {
            SettingsSchema schema = await SettingsSchema.ReadAsync(session).ConfigureAwait(false);
            throw schema.FirstUnknown(keys) is { } unknown ? schema.Unknown(unknown) : e;
        }
    }

    private static async Task<(long Revision, List<JsonProperty> Values)> ReadAsync(DeviceSession session, string[] keys)
    {
        var parameters = new JsonObject();
        if (keys.Length > 0)
        {
            parameters["keys"] = new JsonArray([.. keys.Select(key => (JsonNode)JsonValue.Create(key))]);
        }

        // A change between two pages would mix two revisions: start again.
        const int Attempts = 3;
        for (int attempt = 1; ; attempt++)
        {
            var values = new List<JsonProperty>();
            var revisions = new HashSet<double>();
            await foreach (JsonElement page in session.PagesAsync("settings.get", (JsonObject)parameters.DeepClone(), "after").ConfigureAwait(false))
            {
                revisions.Add(Json.Number(page, "revision") ?? 0);
                if (Json.TryMember(page, "values", JsonValueKind.Object, out JsonElement? some))
                {
                    values.AddRange(some.Value.EnumerateObject());
                }
            }

            if (revisions.Count == 1)
            {
                return ((long)revisions.Single(), values);
            }

            if (attempt == Attempts)
            {
                throw new FailedException($"the settings of {session.Device} change while they are read");
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, long revision, List<JsonProperty> values)
    {
        writer.WriteStartObject();
        writer.WriteNumber("revision", revision);
        writer.WriteStartObject("values");
        foreach (JsonProperty value in values.DistinctBy(value => value.Name))
        {
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SettingsEntry[] entries)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("settings");
        Array.ForEach(entries, entry => entry.Raw.WriteTo(writer));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
