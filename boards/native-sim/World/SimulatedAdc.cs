namespace Boards.NativeSim.World;

/// <summary>
/// The ADC of a chip with 12 bits at its highest attenuation, and what is attached to its channels. With the typical reference
/// and a little noise; nothing of the bend near its upper end.
/// </summary>
/// <remarks>ESP-IDF, esp_adc_cal, ESP32, ADC1 at 11 dB: 142 mV + raw * 1100 mV / 4096 * 196602 / 65536.</remarks>
public sealed class SimulatedAdc
{
    /// <summary>Channels: eight of ADC1, two without a pin, ten of ADC2.</summary>
    public const int Channels = 20;

    /// <summary>The first channel of ADC2, which belongs to the radio while it is on.</summary>
    public const int FirstOfSecond = 10;

    /// <summary>The highest value.</summary>
    public const int MaxValue = 4095;

    private const double OffsetMv = 142;
    private const double MvPerStep = 1100.0 / 4096 * 196602 / 65536;
    private const double NoiseSteps = 6;
    private const int NoiseChannel = 300;

    private readonly SimulatedChip _chip;
    private readonly Func<int>?[] _attached = new Func<int>?[Channels];
    private long _samples;

    internal SimulatedAdc(SimulatedChip chip) => _chip = chip;

    /// <summary>Attaches a voltage to a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="millivolts">Gives the voltage at the pin.</param>
    public void Attach(int channel, Func<int> millivolts) => _attached[channel] = millivolts;

    /// <summary>Converts once. Nothing attached reads 0.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>0 to <see cref="MaxValue"/>.</returns>
    public int Sample(int channel)
    {
        if (_attached[channel] is not { } millivolts)
        {
            return 0;
        }

        double noise = NoiseSteps * SeededNoise.Signed(_chip.Seed, NoiseChannel + channel, ++_samples);
        return (int)Math.Clamp(Math.Round(((millivolts() - OffsetMv) / MvPerStep) + noise), 0, MaxValue);
    }
}
