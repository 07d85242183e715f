namespace M2m.Client.Arguments;

/// <summary>The command line is wrong. The message says what is allowed.</summary>
public sealed class UsageException(string message) : Exception(message);
