using System.Collections.Concurrent;
using Boards.NativeSim.World;

namespace nanoFramework.Hardware.Esp32;

public class Configuration
{
    private static Pins State => SimulatedChip.Current.PackageState(() => new Pins());

    public static void SetPinFunction(int pin, DeviceFunction value) => State.ByFunction[value] = pin;

    public static int GetFunctionPin(DeviceFunction function) => State.ByFunction.GetValueOrDefault(function, -1);

    private sealed class Pins
    {
        public ConcurrentDictionary<DeviceFunction, int> ByFunction { get; } = new();
    }
}
