using System.Text.Json;
using Boards.NativeSim.Faults;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using M2m.Client.Arguments;

namespace Boards.NativeSim.Playback;

/// <summary>Reads a scenario. What is wrong is reported with its place.</summary>
internal static class ScenarioReader
{
    private const int MaxDevices = 16;
    private const int MaxSeconds = 366 * 86_400;
    private const int MaxBattery = 100_000;
    private const double MaxRate = 1e6;
    private const int MaxPulses = 100_000;
    private const double MaxSecondsOfContact = 86_400;
    private const int MaxNameLength = 32;
    private const int MaxMeters = 32;

    private static readonly string[] OwnSettings = ["broker", "prefix"];

    private static readonly Dictionary<string, (AirQuantity Quantity, double Minimum, double Maximum)> Quantities = new()
    {
        ["temperature"] = (AirQuantity.Temperature, -40, 85),
        ["humidity"] = (AirQuantity.Humidity, 0, 100),
        ["pressure"] = (AirQuantity.Pressure, 30_000, 110_000),
        ["gas"] = (AirQuantity.GasResistance, 40_000, 180_000),
        ["co2"] = (AirQuantity.CarbonDioxide, 400, 5_000),
        ["illuminance"] = (AirQuantity.Illuminance, 0, 50_000),
        ["voltage"] = (AirQuantity.SupplyVoltage, 0, 26),
        ["current"] = (AirQuantity.SupplyCurrent, 0, 3),
    };

    public static Scenario Read(JsonElement root)
    {
        Members(root, "", "about", "speed", "duration", "devices", "world", "faults");
        List<ScenarioDevice> devices = [.. Items(root, "devices").Select((item, i) => ReadDevice(item, $"devices[{i}]"))];
        if (devices.Count is 0 or > MaxDevices)
        {
            throw new UsageException($"devices must have 1 to {MaxDevices} entries");
        }

        List<Fault> faults = FaultFile.ReadAll(Items(root, "faults"));
        if (faults.Find(fault => fault.Device > devices.Count) is { } lost)
        {
            throw new UsageException($"a fault is for device {lost.Device}, but there are only {devices.Count}");
        }

        string speed = root.TryGetProperty("speed", out _) ? Text(root, "speed") ?? string.Empty : "1";
        return new Scenario
        {
            Devices = devices,
            World = [.. Items(root, "world").Select((item, i) => ReadMove(item, $"world[{i}]", devices))],
            Faults = faults,
            IsFast = speed is "max" or "1" ? speed == "max" : throw new UsageException("speed must be \"1\" or \"max\""),
            Duration = root.TryGetProperty("duration", out _) ? TimeSpan.FromSeconds(Whole(root, "", "duration", 1, MaxSeconds)) : null,
        };
    }

    private static ScenarioDevice ReadDevice(JsonElement item, string place)
    {
        Members(item, place, "sensors", "battery", "pins", "meters", "settings");
        JsonElement settings = item.TryGetProperty("settings", out JsonElement given) ? given : JsonElement.Parse("{}");
        if (settings.ValueKind != JsonValueKind.Object)
        {
            throw new UsageException($"{place}.settings must be an object");
        }

        if (Array.Find(OwnSettings, name => settings.TryGetProperty(name, out _)) is { } own)
        {
            throw new UsageException($"{place}.settings.{own} is the same for all devices: see --{own}");
        }

        if (!SensorList.TryParse(item.TryGetProperty("sensors", out _) ? Text(item, "sensors") ?? string.Empty : SensorList.Default, out IReadOnlyList<(SensorModel, int)>? sensors))
        {
            throw new UsageException($"{place}.sensors must be {SensorList.Rule}");
        }

        int? battery = item.TryGetProperty("battery", out _) ? Whole(item, place, "battery", 1, MaxBattery) : null;
        return new ScenarioDevice(sensors, battery, ReadPins(item, $"{place}.pins"), item.TryGetProperty("meters", out _) ? Whole(item, place, "meters", 1, MaxMeters) : 0, SettingsFile.Of(settings));
    }

    private static Dictionary<string, int> ReadPins(JsonElement item, string place)
    {
        if (!item.TryGetProperty("pins", out JsonElement pins))
        {
            return [];
        }

        if (pins.ValueKind != JsonValueKind.Object || pins.EnumerateObject().Any(pin => pin.Name.Length is 0 or > MaxNameLength))
        {
            throw new UsageException($"{place} must be an object whose members are names of at most {MaxNameLength} characters");
        }

        var read = new Dictionary<string, int>();
        foreach (JsonProperty pin in pins.EnumerateObject())
        {
            read[pin.Name] = Whole(pins, place, pin.Name, 0, SimulatedPins.Count - 1);
        }

        return read;
    }

    private static WorldMove ReadMove(JsonElement item, string place, List<ScenarioDevice> devices)
    {
        Members(item, place, "at", "of", "pin", "level", "device", "set", "to", "rate", "contact", "for", "pulses", "meter", "address", "alive", "noise");
        bool isTimed = item.TryGetProperty("at", out _);
        if (isTimed == item.TryGetProperty("pin", out _))
        {
            throw new UsageException($"{place} must have either at or pin");
        }

        int device = Whole(item, place, "device", 1, devices.Count);
        IReadOnlyDictionary<string, int> pins = devices[device - 1].Pins;
        WorldMove move = item.TryGetProperty("contact", out _) ? ReadContact(item, place, device, pins)
            : item.TryGetProperty("meter", out _) ? ReadMeter(item, place, device, pins)
            : item.TryGetProperty("noise", out _) ? new LineMove { Device = device, NoisePercent = Whole(item, place, "noise", 0, 100) }
            : item.TryGetProperty("address", out _) ? new LineMove
            {
                Device = device,
                Address = Whole(item, place, "address", 1, devices[device - 1].Meters),
                IsAlive = Whole(item, place, "alive", 0, 1) == 1,
            }
            : ReadAir(item, place, device);
        if (isTimed)
        {
            return move with { At = Whole(item, place, "at", 0, MaxSeconds) };
        }

        int of = Whole(item, place, "of", 1, devices.Count);
        return move with { Output = (of, ReadPin(item, place, "pin", devices[of - 1].Pins), Whole(item, place, "level", 0, 1) == 1) };
    }

    private static AirMove ReadAir(JsonElement item, string place, int device)
    {
        Without(item, place, "for", "pulses");
        string name = Text(item, "set") ?? string.Empty;
        return !Quantities.TryGetValue(name, out (AirQuantity Quantity, double Minimum, double Maximum) kind)
            ? throw new UsageException($"{place}.set must be one of {string.Join(", ", Quantities.Keys)}")
            : new AirMove
            {
                Device = device,
                Name = name,
                Quantity = kind.Quantity,
                To = Number(item, place, "to", kind.Minimum, kind.Maximum),
                Rate = item.TryGetProperty("rate", out _) ? Number(item, place, "rate", 1 / MaxRate, MaxRate) : null,
            };
    }

    private static MeterMove ReadMeter(JsonElement item, string place, int device, IReadOnlyDictionary<string, int> pins)
    {
        Without(item, place, "set", "rate", "contact", "for", "pulses");
        int pin = ReadPin(item, place, "meter", pins);
        return new MeterMove
        {
            Device = device,
            Name = NameOf(pin, pins),
            Pin = pin,
            To = Number(item, place, "to", 0, TurningMeter.MaxPerHour),
        };
    }

    private static ContactMove ReadContact(JsonElement item, string place, int device, IReadOnlyDictionary<string, int> pins)
    {
        bool hasPulses = item.TryGetProperty("pulses", out _);
        Without(item, place, hasPulses ? ["set", "rate", "to", "for"] : ["set", "rate"]);
        int pin = ReadPin(item, place, "contact", pins);
        return new ContactMove
        {
            Device = device,
            Name = NameOf(pin, pins),
            Pin = pin,
            IsHigh = !hasPulses && Whole(item, place, "to", 0, 1) == 1,
            ForMs = item.TryGetProperty("for", out _) ? (int)(1000 * Number(item, place, "for", 0.001, MaxSecondsOfContact)) : null,
            Pulses = hasPulses ? Whole(item, place, "pulses", 1, MaxPulses) : 0,
        };
    }

    private static string NameOf(int pin, IReadOnlyDictionary<string, int> pins) => pins.FirstOrDefault(known => known.Value == pin).Key ?? $"GPIO {pin}";

    // By its number, or by the name that the device gives it.
    private static int ReadPin(JsonElement item, string place, string name, IReadOnlyDictionary<string, int> pins) =>
        Text(item, name) is not { } text ? Whole(item, place, name, 0, SimulatedPins.Count - 1)
        : pins.TryGetValue(text, out int pin) ? pin
        : throw new UsageException($"{place}.{name}: the device has no such name in pins");

    private static void Without(JsonElement item, string place, params string[] names)
    {
        if (Array.Find(names, name => item.TryGetProperty(name, out _)) is { } other)
        {
            throw new UsageException($"{place}.{other} does not go with {(item.TryGetProperty("contact", out _) ? "contact" : item.TryGetProperty("meter", out _) ? "meter" : "set")}{(item.TryGetProperty("pulses", out _) ? " and pulses" : string.Empty)}");
        }
    }

    private static void Members(JsonElement item, string place, params string[] known)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new UsageException($"{(place.Length == 0 ? "the file" : place)} must be an object");
        }

        if (item.EnumerateObject().FirstOrDefault(member => !known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } other)
        {
            throw new UsageException($"{At(place, other.Name)} is unknown; there are {string.Join(", ", known)}");
        }
    }

    private static List<JsonElement> Items(JsonElement root, string name) => !root.TryGetProperty(name, out JsonElement list) ? []
        : list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()]
        : throw new UsageException($"{name} must be an array");

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Whole(JsonElement item, string place, string name, int minimum, int maximum) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole) && whole >= minimum && whole <= maximum
            ? whole
            : throw new UsageException($"{At(place, name)} must be a whole number from {minimum} to {maximum}");

    private static double Number(JsonElement item, string place, string name, double minimum, double maximum) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= minimum && number <= maximum
            ? number
            : throw new UsageException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{At(place, name)} must be a number from {minimum} to {maximum}"));

    private static string At(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";
}
