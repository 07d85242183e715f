using System.Globalization;
using System.Net;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;

namespace Boards.NativeSim;

/// <summary>The networks around a device without settings, and where its page is.</summary>
internal static class SetupNetworks
{
    public const string EventType = "setup";

    private const int HttpPort = 80;
    private const string Password = "correct horse";

    private static readonly AccessPoint[] s_networks =
    [
        new("home", Password, -52),
        new("guest", string.Empty, -63),
        new("caf\u00e9 \"Zum L\u00f6wen\"", "another key", -78),
        new("attic", Password, -66, IsHidden: true),
    ];

    /// <summary>Puts them around it, and reports when its page opens.</summary>
    public static void Surround(SimulatedDevice device, Action<SimulationEvent> watch)
    {
        SimulatedRadio radio = device.Chip.Radio;
        Array.ForEach(s_networks, radio.Add);
        radio.SoftAccessPoint.Listening += (_, port) =>
        {
            if (port == HttpPort && radio.SoftAccessPoint.At(port) is { } place)
            {
                watch(new SimulationEvent(EventType, device.Id, device.Chip.Time.UtcNow, Text: Describe(place)));
            }
        };
    }

    private static string Describe(IPEndPoint place) => string.Create(
        CultureInfo.InvariantCulture,
        $"page at http://{place}/ (networks: home and the hidden attic with the password \"{Password}\", guest without one)");
}
