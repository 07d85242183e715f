namespace Boards.NativeSim.World;

/// <summary>Runs the programs of a chip, and watches the messages that they send and receive.</summary>
public interface IProgramHost
{
    /// <summary>How the program was started, and may be replaced.</summary>
    UpdateSetup Updates { get; }

    /// <summary>Starts a program and steps it from then on. On a device this would be its loop, and never return.</summary>
    /// <param name="program">The program.</param>
    void Run(IChipProgram program);

    /// <summary>The program has something to do. May be called on any thread, as all that follows.</summary>
    void Signal();

    /// <summary>A message passes, in or out.</summary>
    /// <param name="type">What it is, for people: "telemetry", "request", ...</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="payload">Its payload.</param>
    void Saw(string type, string topic, byte[] payload);

    /// <summary>A new connection to the broker begins.</summary>
    void Connecting();

    /// <summary>A telemetry pack is handed to the connection.</summary>
    /// <param name="payload">The pack.</param>
    /// <param name="publish">Does it and gives the message id, 0 when it could not be taken.</param>
    /// <returns>The message id.</returns>
    int SendTelemetry(byte[] payload, Func<int> publish);

    /// <summary>The broker has acknowledged a message.</summary>
    /// <param name="messageId">Of whatever message.</param>
    void Acknowledged(int messageId);
}
