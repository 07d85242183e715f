namespace Boards.NativeSim.Simulation;

/// <summary>Something that a person who watches the simulation wants to see.</summary>
/// <param name="Type">"state", "status", "telemetry", "event", "request", "response", "peer", "broker".</param>
/// <param name="Device">The device id.</param>
/// <param name="Time">When, in the world's time.</param>
/// <param name="Topic">Topic of a message; null for others.</param>
/// <param name="Payload">Payload of a message; null for others.</param>
/// <param name="Text">Text of other events, e.g. the new state; null for messages.</param>
/// <param name="Reason">Why, for a failure.</param>
public sealed record SimulationEvent(
    string Type,
    string Device,
    DateTime Time,
    string? Topic = null,
    byte[]? Payload = null,
    string? Text = null,
    string? Reason = null);
