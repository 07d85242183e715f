namespace Boards.NativeSim.Simulation;

/// <summary>
/// Tells of the readings that a device no longer has, and that were neither acknowledged nor dropped, which went with
/// the power and which were lost.
/// </summary>
/// <remarks>
/// A power cut takes what is only in RAM. It also brings back from the flash what was acknowledged and not yet deleted;
/// those are sent and acknowledged again, and until then hide as many that the cut took.
/// </remarks>
internal sealed class ReadingBalance
{
    private long _missing;
    private long _again;
    private long _atBoot;

    /// <summary>Readings that power cuts took.</summary>
    public long Cut => Math.Max(0, _atBoot + _again);

    /// <summary>Readings that are gone for no such reason.</summary>
    public long Lost => Math.Max(0, _missing - _atBoot - _again);

    /// <summary>Takes note of the figures after a step.</summary>
    /// <param name="missing">Readings taken, less those acknowledged, dropped and waiting.</param>
    /// <param name="again">Readings acknowledged that an earlier boot had acknowledged already.</param>
    public void Note(long missing, long again)
    {
        _missing = missing;
        _again = again;
    }

    /// <summary>Takes note of the figures right after a boot: what is missing more than before went with the power.</summary>
    /// <param name="missing">As for <see cref="Note"/>.</param>
    /// <param name="again">As for <see cref="Note"/>.</param>
    public void NoteBoot(long missing, long again)
    {
        _atBoot = missing - again - Lost;
        Note(missing, again);
    }
}
