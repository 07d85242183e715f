using Boards.NativeSim.World;

namespace Boards.NativeSim.Playback;

/// <param name="Sensors">As --sensors lists them.</param>
/// <param name="Battery">mAh; null: a supply without end.</param>
/// <param name="Pins">What hangs at its pins, by name.</param>
/// <param name="Meters">How many meters are on its serial line, at the addresses from 1 on.</param>
/// <param name="Settings">Its settings, without a broker.</param>
internal sealed record ScenarioDevice(IReadOnlyList<(SensorModel Model, int Address)> Sensors, int? Battery, IReadOnlyDictionary<string, int> Pins, int Meters, SettingsFile Settings);
