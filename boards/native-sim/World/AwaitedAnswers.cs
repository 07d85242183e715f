namespace Boards.NativeSim.World;

/// <summary>
/// What a chip awaits from its broker: virtual time is held until it has come. While the chip takes nothing in, because it
/// waits for room, nothing can come, and virtual time goes on.
/// </summary>
public sealed class AwaitedAnswers
{
    private readonly SimulatedChip _chip;
    private readonly object _gate = new();
    private readonly List<WorldHold> _holds = [];
    private bool _takesNothing;

    internal AwaitedAnswers(SimulatedChip chip) => _chip = chip;

    /// <summary>Begins to await something.</summary>
    /// <param name="what">What it is, for people.</param>
    /// <returns>The hold; any thread may end it.</returns>
    public WorldHold Begin(string what)
    {
        lock (_gate)
        {
            _holds.RemoveAll(other => other.HasEnded);
            WorldHold hold = _chip.Time.Begin(what, _chip.Number, HoldKind.Answer);
            _holds.Add(hold);
            if (_takesNothing)
            {
                hold.Suspend();
            }

            return hold;
        }
    }

    /// <summary>The chip begins or ceases to wait for room.</summary>
    /// <param name="takesNothing">Whether it waits.</param>
    public void Pause(bool takesNothing)
    {
        lock (_gate)
        {
            if (_takesNothing != takesNothing)
            {
                _takesNothing = takesNothing;
                _holds.ForEach(hold => (takesNothing ? (Action)hold.Suspend : hold.Resume)());
            }
        }
    }
}
