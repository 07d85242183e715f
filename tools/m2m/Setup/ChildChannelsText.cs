using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace M2m.Setup;

/// <summary>
/// Says which part of a <c>registers</c> or <c>channels</c> of a child is wrong. The firmware's own reader decides what is: each
/// part is tried in an entry that is right but for it.
/// </summary>
internal sealed partial class ChildChannelsText(Func<JsonObject, IReadOnlyList<(string Path, string Reason)>> read)
{
    private const int MaxText = 480;
    private const int MaxEntries = 16;
    private const string Child = "children.c.";
    private const string Registers = "registers";
    private const string Channels = "channels";
    private const string Writable = "rw";
    private const string Types = "u16, s16, u32, s32, float, and with the low word first u32-swapped, s32-swapped, float-swapped";
    private const string UnitRule = "must be up to 16 printable characters without \" and \\";

    /// <summary>What is wrong with the value of a setting, by its key with dots; null for nothing, and for other settings.</summary>
    public string? Fault(string key, JsonNode? value)
    {
        if (key.Split('.') is not ["children", _, (Registers or Channels) and var member] || value is not JsonValue text || !text.TryGetValue(out string? list))
        {
            return null;
        }

        bool isNamed = member == Channels;
        return IsRight(list, isNamed) ? null : Fault(list, isNamed);
    }

    private string Fault(string list, bool isNamed)
    {
        string[] entries = [.. list.Split(',').Select(entry => entry.Trim())];
        for (int i = 0; i < entries.Length; i++)
        {
            string? fault = IsRight(entries[i], isNamed) ? null : isNamed ? ChannelFault(entries[i].Split(' ')) : RegisterFault(entries[i].Split(' '));
            fault ??= entries.Take(i).Any(other => other.Split(' ')[0] == entries[i].Split(' ')[0]) ? $"the name {entries[i].Split(' ')[0]} is there twice" : null;
            if (entries.Length <= MaxEntries && fault is not null)
            {
                return FormattableString.Invariant($"entry {i + 1}, \"{entries[i]}\": {fault}");
            }
        }

        return entries.Length > MaxEntries ? $"has {entries.Length} entries, at most {MaxEntries} are allowed" : $"has {list.Length} characters, at most {MaxText} are allowed";
    }

    private string RegisterFault(string[] parts) =>
        Shape(parts, "name register type scale unit rw", 3)
        ?? (IsRight($"{parts[0]} 0 u16", false) ? null : NameFault(parts[0], false))
        ?? (IsRight($"a {parts[1]} u16", false) ? null : $"the register '{parts[1]}' must be 0 to 65535, or i0 to i65535 for an input register")
        ?? (IsRight($"a 0 {parts[2]}", false) ? null : $"the type '{parts[2]}' must be one of {Types}")
        ?? (IsRight($"a {parts[1]} {parts[2]}", false) ? null : $"the register {parts[1]} is the last one, {parts[2]} takes two")
        ?? OptionFault($"a 0 {parts[2]}", parts[3..], false)
        ?? $"the input register {parts[1]} cannot be {Writable}: none can be written";

    private string ChannelFault(string[] parts) =>
        Shape(parts, "name step unit rw", 1)
        ?? (IsRight(parts[0], true) ? null : NameFault(parts[0], true))
        ?? OptionFault("a", parts[1..], true)
        ?? "must be name step unit rw";

    private static string? Shape(string[] parts, string form, int least) =>
        parts is [""] ? "is empty: a comma too many?"
        : Array.Exists(parts, part => part.Length == 0) ? "has more than one space between two parts"
        : parts.Length < least ? $"must be {form}; the last three may be left out"
        : null;

    private static string NameFault(string name, bool isNamed) =>
        $"the name '{name}' must be 1 to 24 of A-Z a-z 0-9 _ -{(isNamed ? ", and neither id nor error" : string.Empty)}";

    // Scale, unit, rw: any of them may be missing.
    private string? OptionFault(string begin, string[] options, bool isNamed)
    {
        int next = 0;
        string scale = isNamed ? "step" : "scale";
        bool isFixed = isNamed || begin.Contains("float", StringComparison.Ordinal);
        if (options.Length > 0 && Number().IsMatch(options[0]))
        {
            // Alone it may be a unit, as 3s is.
            bool isScale = IsRight($"{begin} {options[0]} x", isNamed);
            if (!isScale && !(IsRight($"{begin} {options[0]}", isNamed) && (options.Length == 1 || options[1] == Writable)))
            {
                return isFixed ? $"the {scale} '{options[0]}' must be 1, 0.1, 0.01 and so on to 0.000001" : $"the {scale} '{options[0]}' must be above 0, with up to 6 decimals and up to 65535 without its point";
            }

            next += isScale ? 1 : 0;
        }

        if (options.Length > next && options[next] != Writable)
        {
            if (!IsRight($"{begin} {options[next]}", isNamed))
            {
                return $"the unit '{options[next]}' {UnitRule}";
            }

            next++;
        }

        if (options.Length > next && options[next] == Writable)
        {
            next++;
        }

        return options.Length == next ? null : $"'{options[next]}' is too much: behind {scale}, unit and {Writable}, in this order, there is nothing";
    }

    private bool IsRight(string text, bool isNamed)
    {
        string member = isNamed ? Channels : Registers;
        var settings = new JsonObject { [Child + "protocol"] = isNamed ? "lines" : "modbus", [Child + member] = text };
        if (!isNamed)
        {
            settings[Child + "address"] = 1;
        }

        return read(settings).All(fault => fault.Path != Child + member);
    }

    [GeneratedRegex("^[-+.]?[0-9]")]
    private static partial Regex Number();
}
