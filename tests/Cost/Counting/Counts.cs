namespace Cost.Counting;

/// <summary>What was counted: executions of each basic block; objects, bytes and lengths of each call site that allocates or copies.</summary>
public sealed record Counts(long[] Blocks, long[] SiteObjects, long[] SiteBytes, long[] SiteLengths);
