using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Boards.NativeSim.World;

namespace Boards.NativeSim;

/// <summary>Reads the value of <c>--sensors</c>, e.g. <c>bme280@76,bmp280@77,ds18b20</c>.</summary>
internal static class SensorList
{
    public const string Default = "bme280@76";

    public const string Rule =
        "a list of bme280, bmp280, bme680 (each @76 or @77), sht4x (@44, @45), scd4x, bh1750 (@23, @5C), ina219, ds18b20 (@1 to @4), or the word none";

    public const string AddressRule = "23, 40, 44, 45, 5C, 62, 76, 77, or 1 to 4 for a DS18B20";

    private const string None = "none";

    private static readonly Dictionary<string, (SensorModel Model, int[] Addresses)> Models = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bmp280"] = (SensorModel.Bmp280, [0x76, 0x77]),
        ["bme280"] = (SensorModel.Bme280, [0x76, 0x77]),
        ["bme680"] = (SensorModel.Bme680, [0x76, 0x77]),
        ["sht4x"] = (SensorModel.Sht4x, [0x44, 0x45]),
        ["scd4x"] = (SensorModel.Scd4x, [SimulatedScd4x.OnlyAddress]),
        ["bh1750"] = (SensorModel.Bh1750, [0x23, 0x5C]),
        ["ina219"] = (SensorModel.Ina219, [0x40]),
        ["ds18b20"] = (SensorModel.Ds18b20, [.. Enumerable.Range(1, SimulatedBoard.MaxDs18b20)]),
    };

    /// <summary>Where a sensor may sit. No I2C address is as low as the numbers of DS18B20.</summary>
    public static IEnumerable<int> Addresses => Models.Values.SelectMany(model => model.Addresses).Distinct();

    /// <summary>A sensor without an address gets the first free one of its kind.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<(SensorModel Model, int Address)>? sensors)
    {
        sensors = null;
        if (text.Trim().Equals(None, StringComparison.OrdinalIgnoreCase))
        {
            sensors = [];
            return true;
        }

        var placed = new SortedDictionary<int, SensorModel>();
        var homeless = new Queue<(SensorModel Model, int[] Addresses)>();
        foreach (string item in text.Split(','))
        {
            string[] parts = item.Trim().Split('@');
            int address = 0;
            if (parts.Length > 2 || !Models.TryGetValue(parts[0], out (SensorModel Model, int[] Addresses) kind)
                || (parts.Length == 2 && (!TryAddress(parts[1], out address) || !kind.Addresses.Contains(address))))
            {
                return false;
            }

            if (parts.Length == 1)
            {
                homeless.Enqueue(kind);
            }
            else if (!placed.TryAdd(address, kind.Model))
            {
                return false;
            }
        }

        while (homeless.TryDequeue(out (SensorModel Model, int[] Addresses) kind))
        {
            int free = Array.FindIndex(kind.Addresses, address => !placed.ContainsKey(address));
            if (free < 0)
            {
                return false;
            }

            placed.Add(kind.Addresses[free], kind.Model);
        }

        sensors = [.. placed.Select(sensor => (sensor.Value, sensor.Key))];
        return true;
    }

    /// <summary>An address in hexadecimal, with or without 0x.</summary>
    public static bool TryAddress(string text, out int address) =>
        int.TryParse(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address)
        && Addresses.Contains(address);
}
