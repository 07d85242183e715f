using M2m.Client.Devices;

namespace M2m.Client.View;

public sealed class RequestRow(DateTimeOffset time, string device, Request request)
{
    public DateTimeOffset Time => time;

    public string Device => device;

    public Request Request => request;

    public Response? Response { get; set; }

    /// <summary>A device responds in order: of several rows that match, the oldest is meant.</summary>
    public bool Matches(Response response, string client) =>
        Response is null && !request.IsNotification && device == response.Device && request.From == client && request.Id == response.Id;
}
