namespace Cost.Counting;

/// <summary>
/// A device on a simulated chip, driven by the meter. Its implementation is the only code here that knows the firmware,
/// and is loaded together with the instrumented assemblies.
/// </summary>
public interface IDeviceRig
{
    /// <summary>Whether the device has ended its run: it sleeps.</summary>
    bool IsOver { get; }

    /// <summary>Payload of the last response; null before the first.</summary>
    string? LastResponse { get; }

    /// <summary>Messages of any kind that were published.</summary>
    int Published { get; }

    /// <summary>A reading passes the rules.</summary>
    /// <param name="temperature">The value of the first channel, in hundredths.</param>
    void PassRules(int temperature);

    /// <summary>The child is due, is asked, and has answered: its readings are in the outbox.</summary>
    /// <param name="count">Counts what is done meanwhile.</param>
    void PollChild(Action<Action> count);

    /// <summary>A child has sent text: its values are kept until they are reported.</summary>
    /// <param name="text">What it has sent.</param>
    /// <param name="count">Counts what is done meanwhile.</param>
    void ReceiveFromChild(string text, Action<Action> count);

    /// <summary>What the device and all that it refers to take on the device's heap now, in bytes.</summary>
    long HeldBytes();

    /// <summary>Boots on the flash of the boot before, with a chip that has just got power or has woken.</summary>
    /// <param name="settings">Written as settings.json first; null to leave those that are there.</param>
    /// <param name="isWake">Whether a timer ended a deep sleep.</param>
    void Boot(string? settings, bool isWake);

    /// <summary>Starts what was booted.</summary>
    void Start();

    /// <summary>One step of the loop; then the broker answers.</summary>
    /// <returns>Milliseconds for which there is nothing to do: 0 when an answer has come.</returns>
    int Advance();

    /// <summary>Lets time go by without a step.</summary>
    void Pass(long milliseconds);

    /// <summary>A request arrives from the broker.</summary>
    void Request(string json);
}
