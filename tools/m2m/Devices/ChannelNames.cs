using System.Text.Json;
using M2m.Client.Mqtt;

namespace M2m.Devices;

internal static class ChannelNames
{
    /// <summary>The channels of the sensors that the device has seen since its start, its inputs, and the channels of its children; empty when it does not say.</summary>
    /// <param name="children">Those that it is going to have; null for those that it has.</param>
    public static async Task<IReadOnlyList<string>> ReadAsync(DeviceSession session, ChildSettings? children = null)
    {
        children ??= await ChildSettings.ReadAsync(session).ConfigureAwait(false);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            await foreach (JsonElement page in session.PagesAsync("sensors.list", [], "after").ConfigureAwait(false))
            {
                names.UnionWith(Items(page, "sensors").SelectMany(sensor => Items(sensor, "channels")).Select(channel => Json.Text(channel, "name")).OfType<string>());
            }

            if (names.Count > 0)
            {
                names.UnionWith(Items(await session.ResultAsync("inputs.list").ConfigureAwait(false), "inputs").Select(input => Json.Text(input, "name")).OfType<string>());
            }
        }
        catch (DeviceRefusedException)
        {
            // A device without inputs has no such method.
        }

        names.UnionWith(children.Channels.Select(channel => channel.Name));

        return [.. names];
    }

    private static JsonElement[] Items(JsonElement value, string name) =>
        Json.TryMember(value, name, JsonValueKind.Array, out JsonElement? items) ? [.. items.Value.EnumerateArray()] : [];
}
