namespace M2m.Client;

/// <summary>What was asked for could not be done. The message is for people: what, why, and what to try.</summary>
/// <param name="message">One line or several.</param>
public class FailedException(string message) : Exception(message);
