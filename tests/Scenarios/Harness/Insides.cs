using Boards.NativeSim;
using Boards.NativeSim.Simulation;
using Firmware.Settings;

namespace Scenarios.Harness;

/// <summary>What a test can see inside a device that runs the built-in image.</summary>
internal static class Insides
{
    extension(SimulatedDevice device)
    {
        /// <summary>The settings it runs on; null while it does not run.</summary>
        public DeviceSettings? Settings => (device.Program as SimulatedProgram)?.Settings;
    }
}
