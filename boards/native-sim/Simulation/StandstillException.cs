namespace Boards.NativeSim.Simulation;

/// <summary>Virtual time cannot go on: something under way never ends.</summary>
/// <param name="message">What, and when.</param>
public sealed class StandstillException(string message) : Exception(message);
