using System.Diagnostics.CodeAnalysis;
using Boards.NativeSim.World;

namespace Boards.NativeSim;

/// <summary>Reads the value of <c>--sensors</c>, e.g. <c>bme280@76,bmp280@77</c>.</summary>
internal static class SensorList
{
    public const string Default = "bme280@76";

    public const string Rule = "up to two of bme280, bmp280, bme680, each with @76 or @77 or neither, or the word none";

    private const string None = "none";
    private static readonly int[] Addresses = [0x76, 0x77];

    /// <summary>A sensor without an address gets the first free one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<(SensorModel Model, int Address)>? sensors)
    {
        sensors = null;
        if (text.Trim().Equals(None, StringComparison.OrdinalIgnoreCase))
        {
            sensors = [];
            return true;
        }

        var placed = new SortedDictionary<int, SensorModel>();
        var homeless = new Queue<SensorModel>();
        foreach (string item in text.Split(','))
        {
            string[] parts = item.Trim().Split('@');
            int address = 0;
            if (parts.Length > 2 || !TryModel(parts[0], out SensorModel model) || (parts.Length == 2 && !TryAddress(parts[1], out address)))
            {
                return false;
            }

            if (parts.Length == 1)
            {
                homeless.Enqueue(model);
            }
            else if (!placed.TryAdd(address, model))
            {
                return false;
            }
        }

        foreach (int address in Addresses)
        {
            if (!placed.ContainsKey(address) && homeless.TryDequeue(out SensorModel model))
            {
                placed.Add(address, model);
            }
        }

        sensors = [.. placed.Select(sensor => (sensor.Value, sensor.Key))];
        return homeless.Count == 0;
    }

    private static bool TryModel(string text, out SensorModel model)
    {
        model = default;
        switch (text.ToUpperInvariant())
        {
            case "BME280":
                model = SensorModel.Bme280;
                return true;
            case "BMP280":
                model = SensorModel.Bmp280;
                return true;
            case "BME680":
                model = SensorModel.Bme680;
                return true;
            default:
                return false;
        }
    }

    private static bool TryAddress(string text, out int address)
    {
        address = text.ToUpperInvariant() switch
        {
            "76" or "0X76" => 0x76,
            "77" or "0X77" => 0x77,
            _ => 0,
        };
        return address != 0;
    }
}
