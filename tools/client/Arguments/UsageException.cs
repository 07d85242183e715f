namespace M2m.Client.Arguments;

/// <summary>The command line asks for what cannot be meant. The message says what would be right.</summary>
/// <param name="message">One line or several.</param>
public sealed class UsageException(string message) : Exception(message);
