using System.Diagnostics;
using System.Globalization;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;

namespace Scenarios.Gateway;

/// <summary>A pair of pseudo-terminals with a program at one end and a simulated device at the other.</summary>
internal sealed class PeerLine : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("serial-").FullName;
    private readonly Process _pair;
    private readonly Process _peer;
    private readonly List<string> _said = [];
    private HostSerialLine? _line;

    /// <param name="program">The program, whose first argument is its end.</param>
    /// <param name="before">Arguments before its end.</param>
    /// <param name="after">Those behind it.</param>
    public PeerLine(string program, string[] before, string[] after)
    {
        string peer = Path.Combine(_folder, "peer");
        _pair = Process.Start(new ProcessStartInfo("socat", [$"pty,raw,echo=0,link={Device}", $"pty,raw,echo=0,link={peer}"]))!;
        Until(() => File.Exists(Device) && File.Exists(peer), "socat makes no pair of pseudo-terminals");
        _peer = Process.Start(new ProcessStartInfo(program, [.. before, peer, .. after]) { RedirectStandardOutput = true })!;
        _peer.OutputDataReceived += (_, line) =>
        {
            lock (_said)
            {
                _said.Add(line.Data ?? "ended");
            }
        };
        _peer.BeginOutputReadLine();
        Until(() => Said.Count > 0, $"{program} says nothing");
        Assert.AreEqual("ready", Said[0], program);
    }

    /// <summary>The device's end.</summary>
    public string Device => Path.Combine(_folder, "device");

    /// <summary>What the program has written.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    /// <summary>Connects a device.</summary>
    public void Connect(SimulatedDevice device)
    {
        _line = new HostSerialLine(Device, device.Chip);
        device.Chip.Serial.Attach(_line);
    }

    /// <summary>Stops the program, or lets it go on.</summary>
    public void Silence(bool isSilent)
    {
        using Process signal = Process.Start("kill", [isSilent ? "-STOP" : "-CONT", _peer.Id.ToString(CultureInfo.InvariantCulture)]);
        signal.WaitForExit();
    }

    public void Dispose()
    {
        _line?.Dispose();
        foreach (Process process in new[] { _peer, _pair })
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_folder, true);
    }

    private static void Until(Func<bool> condition, string otherwise)
    {
        var time = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.IsTrue(time.Elapsed < s_patience, otherwise);
            Thread.Sleep(10);
        }
    }
}
