namespace M2m.Client.View;

/// <summary>A line of the live view's list of events. The text is not yet clean.</summary>
public sealed record LiveEvent(DateTimeOffset Time, string Device, string Text);
