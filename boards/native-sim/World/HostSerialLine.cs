using System.Diagnostics;

namespace Boards.NativeSim.World;

/// <summary>
/// A serial device of the host, as /dev/ttyUSB0 or one end of a pair of pseudo-terminals: what is sent goes there. Virtual time
/// stands still until the answer has come, or is given up. Its speed and parity are those that the host has set (stty).
/// </summary>
public sealed class HostSerialLine : ISerialPeer, IDisposable
{
    // An answer comes in pieces.
    private const int QuietMs = 50;

    private readonly SimulatedChip _chip;
    private readonly FileStream _file;
    private readonly Timer _quiet;
    private WorldHold? _answer;
    private volatile bool _isOver;

    /// <summary>Opens it.</summary>
    /// <param name="path">The device.</param>
    /// <param name="chip">Whose line it is.</param>
    /// <exception cref="IOException">It cannot be used.</exception>
    public HostSerialLine(string path, SimulatedChip chip)
    {
        ArgumentNullException.ThrowIfNull(chip);
        _chip = chip;
        _quiet = new Timer(_ => Interlocked.Exchange(ref _answer, null)?.End());
        using (Process? stty = Process.Start(new ProcessStartInfo("stty", ["-F", path, "raw", "-echo", "clocal"]) { RedirectStandardError = true }))
        {
            stty!.WaitForExit();
            if (stty.ExitCode != 0)
            {
                throw new IOException($"{path} is no serial device that can be used");
            }
        }

        _file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        new Thread(Read) { IsBackground = true, Name = "serial line" }.Start();
    }

    /// <inheritdoc/>
    public byte[]? Receive(byte[] frame, DateTime utc, out int afterMs)
    {
        afterMs = 0;
        Interlocked.Exchange(ref _answer, _chip.Time.Begin("serial answer", _chip.Number, HoldKind.Stranger))?.End();
        _file.Write(frame);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _file.Dispose();
        _quiet.Dispose();
        Interlocked.Exchange(ref _answer, null)?.End();
    }

    private void Read()
    {
        byte[] buffer = new byte[256];
        try
        {
            while (!_isOver)
            {
                int count = _file.Read(buffer);
                if (count <= 0)
                {
                    return;
                }

                _chip.Serial.Arrive(buffer[..count]);
                _quiet.Change(QuietMs, Timeout.Infinite);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The other end is gone: children do not answer any more.
        }
    }
}
