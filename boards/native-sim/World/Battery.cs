namespace Boards.NativeSim.World;

/// <summary>
/// A lithium polymer cell that gives what the board draws. Its voltage is that at rest: it does not sag under a load, and
/// neither age nor cold take anything from it.
/// </summary>
public sealed class Battery
{
    private static readonly (double Percent, double Millivolts)[] s_curve =
    [
        (0, 3_000), (5, 3_300), (15, 3_500), (30, 3_600), (50, 3_700), (65, 3_800), (80, 3_900), (90, 4_000), (100, 4_200),
    ];

    private readonly PowerMeter _meter;
    private readonly double _startPercent;
    private readonly double _drawnBefore;

    /// <summary>Attaches a cell to a board.</summary>
    /// <param name="meter">Knows what the board draws.</param>
    /// <param name="capacityMah">What a full one holds, in mAh.</param>
    /// <param name="startPercent">How full it is at first.</param>
    public Battery(PowerMeter meter, double capacityMah, double startPercent = 100)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityMah);
        _meter = meter;
        CapacityMah = capacityMah;
        _startPercent = startPercent;
        _drawnBefore = meter.ChargeMah;
    }

    /// <summary>What a full one holds, in mAh.</summary>
    public double CapacityMah { get; }

    /// <summary>What it still holds, in mAh; 0 when it is empty.</summary>
    public double LeftMah => Math.Max(0, (CapacityMah * _startPercent / 100) - (_meter.ChargeMah - _drawnBefore));

    /// <summary>Whether it can no longer run the board.</summary>
    public bool IsEmpty => LeftMah <= 0;

    /// <summary>Its voltage in millivolts.</summary>
    public int Millivolts
    {
        get
        {
            double percent = Math.Min(100, LeftMah / CapacityMah * 100);
            int upper = Array.FindIndex(s_curve, 1, point => percent <= point.Percent);
            (double Percent, double Millivolts) low = s_curve[upper - 1];
            (double Percent, double Millivolts) high = s_curve[upper];
            return (int)Math.Round(low.Millivolts + ((percent - low.Percent) / (high.Percent - low.Percent) * (high.Millivolts - low.Millivolts)));
        }
    }
}
