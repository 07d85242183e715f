namespace Cost.Pricing;

/// <summary>What a call of a method that is not ours costs on the device.</summary>
/// <param name="Instructions">Host instructions, with what the caller pays for the call.</param>
/// <param name="Bytes">Bytes that it leaves on the heap, whatever its arguments.</param>
/// <param name="MakesResult">Whether it also leaves its result there: a string or an array.</param>
/// <param name="PerLength">Host instructions for each element that it walks or copies, or each byte of its result.</param>
internal sealed record CallPrice(long Instructions, int Bytes = 0, bool MakesResult = false, double PerLength = 0)
{
    /// <summary>Its own part; the caller's is counted with the caller's IL.</summary>
    public long Own => Math.Max(0, Instructions - IlWeights.Call);

    public static CallPrice Free { get; } = new(0);

    /// <summary>Whether the price is in the table; otherwise it is a guess.</summary>
    public bool IsKnown { get; init; } = true;
}
