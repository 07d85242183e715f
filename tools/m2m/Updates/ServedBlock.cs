namespace M2m.Updates;

/// <summary>A block that was sent.</summary>
/// <param name="Device">To whom.</param>
/// <param name="Release">Of which release.</param>
/// <param name="Block">Which block.</param>
/// <param name="Bad">How often it was bad there before.</param>
internal sealed record ServedBlock(string Device, Release Release, int Block, int Bad);
