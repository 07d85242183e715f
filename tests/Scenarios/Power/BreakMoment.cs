namespace Scenarios.Power;

/// <summary>When in a wake the connection ends; what has come through then is not acknowledged.</summary>
public enum BreakMoment
{
    BeforeTelemetry,
    AfterTelemetry,
    BeforeAnswer,
    AfterAnswer,
    Listening,
    BeforeFarewell,
    AfterFarewell,
}
