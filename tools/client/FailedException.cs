namespace M2m.Client;

/// <summary>The command failed. The message says what happened, where, and what to do.</summary>
public class FailedException(string message) : Exception(message);
