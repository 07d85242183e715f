using System.Text.Json;
using System.Text.Json.Nodes;
using Firmware.Gateway;
using Firmware.GatewayText.Lines;
using Firmware.GatewayText.Nmea;
using Firmware.HomeAssistant;
using Firmware.Inputs;
using Firmware.Inputs.Windows;
using Firmware.Outputs;
using Firmware.Provisioning;
using Firmware.Rules;
using Firmware.Settings;
using Firmware.Sleep;
using Firmware.Updates;
using M2m.Client.Arguments;
using M2m.Devices;

namespace M2m.Setup;

/// <summary>The settings of a board with all modules, without a device: read by the firmware's own reader.</summary>
internal sealed class FirmwareSettings
{
    private readonly SettingsCatalog _catalog = new(
        new UpdateModule(null, null, null).Settings,
        new OutputModule(null, null).Settings,
        new RuleModule().Settings,
        new HomeAssistantModule().Settings,
        new InputModule(null, null).Settings,
        new WindowModule().Settings,
        new ProvisioningModule(null, null, null).Settings,
        new SleepModule(null, null).Settings,
        new GatewayModule(null, new LineOption(), new NmeaOption()).Settings);

    public FirmwareSettings()
    {
        Schema = new SettingsSchema([.. Enumerable.Range(0, _catalog.Count).Select(i => _catalog[i]).SelectMany(Entries)]);
    }

    public SettingsSchema Schema { get; }

    /// <summary>The file settings.json, nested.</summary>
    /// <param name="flat">Keys with dots, and their values.</param>
    /// <exception cref="UsageException">The device would not take a value.</exception>
    public byte[] ToFile(JsonObject flat)
    {
        List<(string Path, string Reason)> faults = Faults(flat);
        return faults.Count == 0 ? Nest(flat) : throw new UsageException("the device would not take these settings: "
            + string.Join("; ", faults.Select(fault => $"{fault.Path} {ChildFault(fault.Path, flat[fault.Path]) ?? fault.Reason}")));
    }

    /// <summary>Which part of the channels of a child is wrong; null for none, and for other settings.</summary>
    public string? ChildFault(string key, JsonNode? value) => new ChildChannelsText(Faults).Fault(key, value);

    private List<(string Path, string Reason)> Faults(JsonObject flat)
    {
        var reader = new SettingsReader(_catalog);
        _ = reader.Read(Nest(flat));
        return [.. reader.Faults.Cast<SettingsFault>().Select(fault => (fault.Path, fault.Reason))];
    }

    private static byte[] Nest(JsonObject flat)
    {
        var root = new JsonObject();
        foreach ((string key, JsonNode? value) in flat)
        {
            string[] path = key.Split('.');
            JsonObject into = path[..^1].Aggregate(root, (parent, name) => (JsonObject)(parent[name] ??= new JsonObject()));
            into[path[^1]] = value?.DeepClone();
        }

        return JsonSerializer.SerializeToUtf8Bytes(root, JsonSerializerOptions.Default);
    }

    private static IEnumerable<SettingsEntry> Entries(Setting setting)
    {
        if (setting is not SettingTable table)
        {
            return [Entry(setting.Name, setting)];
        }

        IEnumerable<Setting> members = Enumerable.Range(0, table.MemberCount).Select(table.Member);
        return (table.Entry is { } whole ? [Entry(table.Name + ".*", whole)] : Array.Empty<SettingsEntry>()).Concat(members.Select(member => Entry($"{table.Name}.*.{member.Name}", member)));
    }

    // As settings.schema has it, as far as a text is read by it.
    private static SettingsEntry Entry(string name, Setting setting)
    {
        string type = setting.Type switch
        {
            SettingType.Text or SettingType.Topic => "string",
            SettingType.Choice => "choice",
            SettingType.List => "list",
            _ => "other",
        };
        return new SettingsEntry(name, JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["name"] = name, ["type"] = type }));
    }
}
