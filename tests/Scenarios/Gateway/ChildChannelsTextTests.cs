using System.Text.Json.Nodes;
using CsCheck;
using Firmware.Gateway.Modbus;
using M2m.Setup;

namespace Scenarios.Gateway;

/// <summary>What m2m says of <c>registers</c> and <c>channels</c> against the parser of the firmware.</summary>
[TestClass]
public class ChildChannelsTextTests
{
    private const string Unit = "must be up to 16 printable characters without \" and \\";
    private const string Name = "must be 1 to 24 of A-Z a-z 0-9 _ -";
    private static readonly FirmwareSettings s_settings = new();

    // Parts that may be right, and what is like them.
    private static readonly Gen<string> s_part = Gen.OneOf(
        One("a", "b", "power", "id", "error", "rw", "RW", "i7", "i", "0", "7", "65535", "65536", "-1", "u16", "s32", "float", "u32-swapped", "u16-swapped", "0.1", "0.25", "70000", "1e1", "0.0000001", "V", "%", "\"", "", "ä", "x123456789012345678901234"),
        Gen.Char[' ', '~'].Array[0, 4].Select(chars => new string(chars)));

    private static readonly Gen<string> s_list = s_part.Array[1, 7].Select(parts => string.Join(' ', parts)).Array[1, 18].Select(entries => string.Join(',', entries));

    private static readonly Gen<string> s_right = Gen.Select(
        One("0", "i7", "65534"), One("u16", "s16", "u32", "s32-swapped"), One("", " 0.1", " 7"), One("", " V", " %"), (register, type, scale, unit) => $"{register} {type}{scale}{unit}");

    [TestMethod]
    [DataRow("voltage 0 u16 0.1 V, power i2 s32 W, e 4 float 0.01 kWh, x 9 u32-swapped, relay 100 u16 rw", null)]
    [DataRow("", "entry 1, \"\": is empty: a comma too many?")]
    [DataRow("a 0 u16,", "entry 2, \"\": is empty: a comma too many?")]
    [DataRow("a 0 u16, b  1 u16", "entry 2, \"b  1 u16\": has more than one space between two parts")]
    [DataRow("a 0 u16, b 1", "entry 2, \"b 1\": must be name register type scale unit rw; the last three may be left out")]
    [DataRow("a.b 0 u16", "entry 1, \"a.b 0 u16\": the name 'a.b' " + Name)]
    [DataRow("a 40001x u16", "entry 1, \"a 40001x u16\": the register '40001x' must be 0 to 65535, or i0 to i65535 for an input register")]
    [DataRow("a 0 u16, b 1 u61 W", "entry 2, \"b 1 u61 W\": the type 'u61' must be one of u16, s16, u32, s32, float, and with the low word first u32-swapped, s32-swapped, float-swapped")]
    [DataRow("a 0 u16-swapped", "entry 1, \"a 0 u16-swapped\": the type 'u16-swapped' must be one of ")]
    [DataRow("a 65535 u32", "entry 1, \"a 65535 u32\": the register 65535 is the last one, u32 takes two")]
    [DataRow("a 0 u16 0", "entry 1, \"a 0 u16 0\": the scale '0' must be above 0, with up to 6 decimals and up to 65535 without its point")]
    [DataRow("a 0 u16 6.5536", "the scale '6.5536' must be above 0")]
    [DataRow("a 0 float 0.2", "entry 1, \"a 0 float 0.2\": the scale '0.2' must be 1, 0.1, 0.01 and so on to 0.000001")]
    [DataRow("a 0 u16 .1 V", "the scale '.1' must be above 0")]
    [DataRow("a 0 u16 0.1 Vä", "the unit 'Vä' " + Unit)]
    [DataRow("a 0 u16 12345678901234567 V", "the scale '12345678901234567' must be above 0")]
    [DataRow("a 0 u16 V 0.1", "'0.1' is too much: behind scale, unit and rw, in this order, there is nothing")]
    [DataRow("a 0 u16 3s rw", null)]
    [DataRow("a 0 u16 3s rw 5", "'5' is too much")]
    [DataRow("a 0 u16 rw V", "'V' is too much")]
    [DataRow("a 0 u16, b 1 u16, a 2 u16", "entry 3, \"a 2 u16\": the name a is there twice")]
    [DataRow("a i0 u16 rw", "entry 1, \"a i0 u16 rw\": the input register i0 cannot be rw: none can be written")]
    [DataRow("a 0 u16,b 0 u16,c 0 u16,d 0 u16,e 0 u16,f 0 u16,g 0 u16,h 0 u16,i 0 u16,j 0 u16,k 0 u16,l 0 u16,m 0 u16,n 0 u16,o 0 u16,p 0 u16,q 0 u16", "has 17 entries, at most 16 are allowed")]
    public void Registers_are_right_or_their_fault_has_its_place(string text, string? fault) => Check(text, false, fault);

    [TestMethod]
    [DataRow("temperature 0.01 Cel, relay rw, n", null)]
    [DataRow("a, id", "entry 2, \"id\": the name 'id' " + Name + ", and neither id nor error")]
    [DataRow("a 0.2", "entry 1, \"a 0.2\": the step '0.2' must be 1, 0.1, 0.01 and so on to 0.000001")]
    [DataRow("a 0 u16", "the step '0' must be 1, 0.1")]
    [DataRow("a V rw x", "'x' is too much: behind step, unit and rw, in this order, there is nothing")]
    public void Channels_are_right_or_their_fault_has_its_place(string text, string? fault) => Check(text, true, fault);

    [TestMethod]
    public void Text_of_480_characters_is_the_longest()
    {
        string most = string.Join(',', Enumerable.Range(0, 16).Select(i => FormattableString.Invariant($"abc{i:00} {i} u16 0.1 W/m2")));
        Check(most.PadRight(480), false, null);
        Check(most.PadRight(481), false, "has 481 characters, at most 480 are allowed");
    }

    [TestMethod]
    public void Whatever_the_parser_refuses_has_a_reason_and_nothing_else_has() => Gen.Select(s_list, Gen.Bool).Sample((text, isNamed) =>
    {
        string? fault = Fault(text, isNamed);
        return (fault is null) == IsRight(text, isNamed) && (fault is null || fault.EndsWith("entries, at most 16 are allowed", StringComparison.Ordinal) == text.Split(',').Length > 16)
            && (text.Length > RegisterMap.MaxText || fault?.Contains("characters, at most", StringComparison.Ordinal) != true);
    }, iter: 5_000);

    [TestMethod]
    public void Wrong_part_of_the_one_wrong_entry_is_named() => Gen.Select(s_right.Array[1, 12], Gen.Int[0, 11], Gen.Int[0, 4]).Sample((entries, at, kind) =>
    {
        at %= entries.Length;
        string[] parts = entries[at].Split(' ');
        (string wrong, string part) = kind switch
        {
            0 => ($"n+ {entries[at]}", "the name 'n+'"),
            1 => ($"n 65536 {parts[1]}", "the register '65536'"),
            2 => ($"n {parts[0]} u8", "the type 'u8'"),
            3 => ($"n {parts[0]} u16 0.0000001 V", "the scale '0.0000001'"),
            _ => ($"n {parts[0]} u16 1 a\"", "the unit 'a\"'"),
        };
        string text = string.Join(',', entries.Select((entry, i) => i == at ? wrong : $"n{i} {entry}"));
        return Fault(text, false)?.StartsWith(FormattableString.Invariant($"entry {at + 1}, \"{wrong}\": {part} "), StringComparison.Ordinal) == true && !IsRight(text, false);
    }, iter: 2_000);

    private static Gen<string> One(params string[] words) => Gen.Int[0, words.Length - 1].Select(word => words[word]);

    private static string? Fault(string text, bool isNamed) => s_settings.ChildFault(isNamed ? "children.a.channels" : "children.a.registers", JsonValue.Create(text));

    private static bool IsRight(string text, bool isNamed) => text.Length is > 0 and <= RegisterMap.MaxText && RegisterMap.Parse(text, isNamed) is not null;

    private static void Check(string text, bool isNamed, string? fault)
    {
        Assert.AreEqual(fault is null, IsRight(text, isNamed), text);
        string? said = Fault(text, isNamed);
        if (fault is null)
        {
            Assert.IsNull(said);
        }
        else
        {
            StringAssert.Contains(said, fault);
        }
    }
}
