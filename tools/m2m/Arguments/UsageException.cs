namespace M2m.Arguments;

/// <summary>The command line asks for what cannot be meant. The message says what would be right.</summary>
/// <param name="message">One line or several.</param>
internal sealed class UsageException(string message) : Exception(message);
