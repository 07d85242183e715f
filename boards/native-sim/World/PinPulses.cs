namespace Boards.NativeSim.World;

/// <summary>Pulse width modulation at a pin.</summary>
/// <param name="Timer">The timer of the chip, which two channels share.</param>
/// <param name="Frequency">Hertz; 0 before the first start.</param>
/// <param name="Duty">Share of the time for which the pin is high, in hundredths of a percent.</param>
public readonly record struct PinPulses(int Timer, int Frequency, int Duty);
