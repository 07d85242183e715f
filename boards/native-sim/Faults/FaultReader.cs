using System.Globalization;
using Boards.NativeSim.World;
using M2m.Client.Arguments;

namespace Boards.NativeSim.Faults;

internal static class FaultReader
{
    public const string Name = "fault";

    public const string At = "at";

    public const string For = "for";

    public const string Every = "every";

    public const string Device = "device";

    private const int MaxSeconds = 366 * 86_400;
    private const int MaxDevice = 10_000;
    private const int MaxMs = 600_000;
    private const int MaxPpm = 100_000;
    private const int MaxWrite = 1_000_000_000;
    private const int MaxKeep = 1 << 20;

    private static readonly string[] Everywhere = [Name, At, For, Every, Device];

    private static readonly Dictionary<string, (FaultKind Kind, string[] Members)> Kinds = new()
    {
        ["wifi"] = (FaultKind.Wifi, []),
        ["broker"] = (FaultKind.Broker, []),
        ["latency"] = (FaultKind.Latency, ["ms"]),
        ["sensor"] = (FaultKind.Sensor, ["kind", "address"]),
        ["flash"] = (FaultKind.Flash, []),
        ["power"] = (FaultKind.Power, ["write", "keep"]),
        ["clock"] = (FaultKind.Clock, ["ppm"]),
        ["drift"] = (FaultKind.Drift, ["ppm"]),
        ["pin"] = (FaultKind.Pin, ["pin", "level"]),
    };

    private static readonly Dictionary<string, SensorFault> SensorFaults = new()
    {
        ["nack"] = SensorFault.Nack,
        ["stuck"] = SensorFault.Stuck,
        ["out-of-range"] = SensorFault.OutOfRange,
        ["not-valid"] = SensorFault.NotValid,
        ["short-transfer"] = SensorFault.ShortTransfer,
        ["busy"] = SensorFault.Busy,
        ["bad-calibration"] = SensorFault.BadCalibration,
        ["copying"] = SensorFault.Copying,
        ["bad-crc"] = SensorFault.BadCrc,
        ["power-on-value"] = SensorFault.PowerOnValue,
    };

    /// <summary>The members that only this fault has, in the order in which an option gives them.</summary>
    public static IReadOnlyList<string> MembersOf(string name) => Find(name).Members;

    public static Fault Read(IReadOnlyDictionary<string, string> members)
    {
        string name = members.GetValueOrDefault(Name) ?? throw new UsageException($"a member \"{Name}\" is missing: one of {string.Join(", ", Kinds.Keys)}");
        (FaultKind kind, string[] own) = Find(name);
        if (members.Keys.FirstOrDefault(member => !Everywhere.Contains(member) && !own.Contains(member)) is { } unknown)
        {
            throw new UsageException($"{name} has no '{unknown}'; it has {string.Join(", ", Everywhere.Skip(1).Concat(own))}");
        }

        var fault = new Fault
        {
            Kind = kind,
            At = Number(members, At, 0, MaxSeconds) ?? 0,
            For = Number(members, For, 1, MaxSeconds),
            Every = Number(members, Every, 2, MaxSeconds),
            Device = Number(members, Device, 1, MaxDevice),
            Ms = kind == FaultKind.Latency ? Required(members, "ms", 1, MaxMs) : 0,
            Ppm = kind is FaultKind.Clock or FaultKind.Drift ? Required(members, "ppm", -MaxPpm, MaxPpm) : 0,
            Sensor = kind == FaultKind.Sensor ? SensorKind(members) : SensorFault.None,
            Address = Address(members),
            Pin = kind == FaultKind.Pin ? Required(members, "pin", 0, SimulatedPins.Count - 1) : 0,
            IsHigh = (Number(members, "level", 0, 1) ?? 1) == 1,
            Write = Number(members, "write", 1, MaxWrite) ?? 0,
            Keep = Number(members, "keep", 0, MaxKeep) ?? 0,
        };
        return fault.Every is null || fault.For < fault.Every
            ? fault
            : throw new UsageException("what comes again has to last for less than the time from one beginning to the next");
    }

    private static (FaultKind Kind, string[] Members) Find(string name) => Kinds.TryGetValue(name, out (FaultKind, string[]) kind)
        ? kind
        : throw new UsageException($"there is no fault '{name}'; there are {string.Join(", ", Kinds.Keys)}");

    private static SensorFault SensorKind(IReadOnlyDictionary<string, string> members) =>
        members.GetValueOrDefault("kind") is { } text && SensorFaults.TryGetValue(text, out SensorFault kind)
            ? kind
            : throw new UsageException($"a sensor is one of {string.Join(", ", SensorFaults.Keys)}, not '{members.GetValueOrDefault("kind")}'");

    private static int? Address(IReadOnlyDictionary<string, string> members) => members.GetValueOrDefault("address") switch
    {
        null => null,
        { } text when SensorList.TryAddress(text, out int address) => address,
        { } other => throw new UsageException($"the address of a sensor is one of {SensorList.AddressRule}, not '{other}'"),
    };

    private static int Required(IReadOnlyDictionary<string, string> members, string name, int minimum, int maximum) =>
        Number(members, name, minimum, maximum) ?? throw new UsageException($"'{name}' is missing: a whole number from {minimum} to {maximum}");

    private static int? Number(IReadOnlyDictionary<string, string> members, string name, int minimum, int maximum)
    {
        if (!members.TryGetValue(name, out string? text))
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum
            ? value
            : throw new UsageException($"'{name}' must be a whole number from {minimum} to {maximum}, not '{text}'");
    }
}
