namespace M2m.Updates;

internal sealed record ServedBlock(string Device, Release Release, int Block, int Bad);
