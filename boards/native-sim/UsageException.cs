namespace Boards.NativeSim;

/// <summary>The command line asks for what cannot be done. The message is one line and says what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
