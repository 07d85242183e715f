namespace Boards.NativeSim.View;

/// <summary>A request and what became of it.</summary>
/// <param name="time">When it came in, UTC.</param>
/// <param name="device">The device that was asked.</param>
/// <param name="request">What it asks for.</param>
internal sealed class RequestRow(DateTime time, string device, RequestText request)
{
    /// <summary>When it came in, UTC.</summary>
    public DateTime Time { get; } = time;

    /// <summary>The device that was asked.</summary>
    public string Device { get; } = device;

    /// <summary>What it asks for.</summary>
    public RequestText Request { get; } = request;

    /// <summary>The answer; null as long as there is none.</summary>
    public ResponseText? Response { get; set; }

    /// <summary>Whether a response may be the answer to it. A device answers in order: the oldest such row is meant.</summary>
    /// <param name="device">The device that answers.</param>
    /// <param name="response">The response.</param>
    /// <returns>True when it may be.</returns>
    public bool MayBeAnsweredBy(string device, ResponseText response) =>
        Response is null
        && !Request.IsNotification
        && Device == device
        && Request.From == response.Client
        && Request.Id == response.Id;
}
