using Boards.NativeSim.World;

namespace Boards.NativeSim.Simulation;

/// <summary>A meter at a pin: with each pulse its contact takes the pin up for a while.</summary>
public sealed class TurningMeter
{
    /// <summary>How long a pulse is.</summary>
    public const int PulseMs = 200;

    /// <summary>Pulses an hour, at most: a pause is as long as a pulse then.</summary>
    public const int MaxPerHour = 3_600_000 / (2 * PulseMs);

    private const double HourMs = 3_600_000;

    private readonly SimulatedPins _pins;
    private readonly int _pin;
    private readonly Scheduler _scheduler;
    private double _perHour;
    private double _nextMs;
    private int _turn;

    /// <summary>Creates a meter that stands still.</summary>
    /// <param name="pins">Pins of the chip.</param>
    /// <param name="pin">GPIO number.</param>
    /// <param name="scheduler">Lets it turn.</param>
    public TurningMeter(SimulatedPins pins, int pin, Scheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(pins);
        _pins = pins;
        _pin = pin;
        _scheduler = scheduler;
        pins.Wire(pin, false);
    }

    /// <summary>Turns with another rate from now on: the part of a pulse that has gone by counts.</summary>
    /// <param name="perHour">Pulses an hour, 0 to <see cref="MaxPerHour"/>.</param>
    /// <param name="nowMs">World milliseconds.</param>
    public void Turn(double perHour, long nowMs)
    {
        double left = _perHour > 0 ? Math.Max(0, (_nextMs - nowMs) * _perHour) : HourMs;
        _perHour = perHour;
        _turn++;
        if (perHour > 0)
        {
            // Not into the pulse before, whose end may be to come.
            _nextMs = Math.Max(nowMs + (2 * PulseMs), nowMs + (left / perHour));
            Plan(_turn);
        }
    }

    private void Plan(int turn)
    {
        long atMs = (long)Math.Round(_nextMs);
        _scheduler.At(atMs, () =>
        {
            if (turn != _turn)
            {
                return;
            }

            _pins.Wire(_pin, true);
            _scheduler.At(atMs + PulseMs, () => _pins.Wire(_pin, false));
            _nextMs += HourMs / _perHour;
            Plan(turn);
        });
    }
}
