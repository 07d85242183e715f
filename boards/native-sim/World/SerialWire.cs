namespace Boards.NativeSim.World;

/// <summary>
/// The serial line of a chip and what is attached to it. Bytes take their time: a frame has arrived, all at once, when the line
/// has been quiet behind its last byte for as long as the chip's driver waits. The line may be a device of the host as well, whose bytes come when they come.
/// </summary>
public sealed class SerialWire
{
    private const int BitsOfCharacter = 11;

    // ESP-IDF, driver/uart.c: UART_TOUT_THRESH_DEFAULT.
    private const int QuietCharacters = 10;

    private readonly object _gate = new();
    private readonly List<ISerialPeer> _peers = [];
    private readonly SimulatedChip _chip;

    internal SerialWire(SimulatedChip chip) => _chip = chip;

    /// <summary>Raised when bytes arrive at the chip.</summary>
    public event EventHandler<byte[]>? Arrived;

    /// <summary>What the line makes of an answer, as a noisy one does; null for nothing.</summary>
    public Func<byte[], byte[]>? Disturb { get; set; }

    /// <summary>Frames that the chip has sent.</summary>
    public int Sent { get; private set; }

    /// <summary>How often the chip has installed its driver.</summary>
    public int Openings { get; private set; }

    /// <summary>Bits in a second of the last frame.</summary>
    public int Baud { get; private set; }

    /// <summary>How many of the next reads find that the driver has lost what it had: it flushes between the look and the read.</summary>
    public int LostReads { get; set; }

    /// <summary>Attaches something.</summary>
    /// <param name="peer">What.</param>
    public void Attach(ISerialPeer peer)
    {
        lock (_gate)
        {
            _peers.Add(peer);
        }
    }

    /// <summary>The chip sends a frame.</summary>
    /// <param name="frame">The bytes.</param>
    /// <param name="baud">Bits in a second.</param>
    public void Send(byte[] frame, int baud)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Sent++;
        Baud = baud;
        int sendMs = TimeOf(frame.Length, baud) + (int)_chip.AheadMs;
        ISerialPeer[] peers;
        lock (_gate)
        {
            peers = [.. _peers];
        }

        foreach (ISerialPeer peer in peers)
        {
            if (peer.Receive(frame, _chip.WorldUtcNow, out int afterMs) is { } answer)
            {
                WorldHold hold = _chip.Time.Begin("serial answer", _chip.Number);
                _ = Task.Run(() => Deliver(answer, sendMs + afterMs + TimeOf(answer.Length + QuietCharacters, baud), hold));
            }
        }
    }

    /// <summary>The chip installs its driver.</summary>
    public void Open() => Openings++;

    /// <summary>Bytes arrive at the chip now.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Arrive(byte[] bytes) => Arrived?.Invoke(this, bytes);

    private static int TimeOf(int bytes, int baud) => ((bytes * BitsOfCharacter * 1000) + baud - 1) / baud;

    private async Task Deliver(byte[] answer, int afterMs, WorldHold hold)
    {
        try
        {
            await _chip.Time.Delay(hold, afterMs).ConfigureAwait(false);
            Arrive(Disturb?.Invoke(answer) ?? answer);
        }
        finally
        {
            hold.End();
        }
    }
}
