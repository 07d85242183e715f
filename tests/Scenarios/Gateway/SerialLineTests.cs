using System.IO.Ports;
using Boards.Esp32;
using Boards.NativeSim.World;
using Firmware.Platform;

namespace Scenarios.Gateway;

/// <summary>The port's serial line on the simulated chip.</summary>
[TestClass]
public sealed class SerialLineTests
{
    [TestMethod]
    public void Bytes_that_arrive_are_signaled_once_until_all_were_read() => Run((line, chip, signals) =>
    {
        Assert.IsTrue(line.Open(9600, 0, 2));
        chip.Serial.Arrive([1, 2, 3]);
        chip.Serial.Arrive([4]);
        Assert.AreEqual(1, signals.Count);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, Read(line));
        chip.Serial.Arrive([5]);
        Assert.AreEqual(2, signals.Count);
    });

    [TestMethod]
    public void Other_parameters_do_not_install_the_driver_again() => Run((line, chip, signals) =>
    {
        Assert.IsTrue(line.Open(9600, 0, 2));
        Assert.IsTrue(line.Open(19200, 2, 1));
        Assert.IsTrue(line.Write([1], 1));
        Assert.AreEqual(19200, chip.Serial.Baud);
        Assert.AreEqual(1, chip.Serial.Openings);
        chip.Serial.Arrive([7]);
        Assert.AreEqual(1, signals.Count);
        CollectionAssert.AreEqual(new byte[] { 7 }, Read(line));
    });

    [TestMethod]
    public void Line_opens_again_after_it_was_closed() => Run((line, chip, signals) =>
    {
        Assert.IsTrue(line.Open(9600, 0, 2));
        chip.Serial.Arrive([1]);
        line.Close();
        Assert.IsFalse(line.Write([1], 1));
        Assert.IsEmpty(Read(line));
        Assert.IsTrue(line.Open(9600, 0, 2));
        Assert.AreEqual(2, chip.Serial.Openings);
        Assert.IsEmpty(Read(line), "what came before");
        chip.Serial.Arrive([2]);
        CollectionAssert.AreEqual(new byte[] { 2 }, Read(line));
        Assert.AreEqual(2, signals.Count);
    });

    [TestMethod]
    public void What_does_not_fit_is_dropped_and_the_line_goes_on() => Run((line, chip, signals) =>
    {
        Assert.IsTrue(line.Open(9600, 0, 2));
        chip.Serial.Arrive([.. Enumerable.Range(0, 700).Select(i => (byte)i)]);
        byte[] read = Read(line);
        CollectionAssert.AreEqual(Enumerable.Range(0, 512).Select(i => (byte)i).ToArray(), read);
        chip.Serial.Arrive([9]);
        CollectionAssert.AreEqual(new byte[] { 9 }, Read(line));
    });

    [TestMethod]
    public void Line_whose_driver_has_lost_what_came_goes_on() => Run((line, chip, signals) =>
    {
        Assert.IsTrue(line.Open(9600, 0, 2));
        chip.Serial.Arrive([1, 2]);
        chip.Serial.LostReads = 1;
        Assert.IsEmpty(Read(line));
        chip.Serial.Arrive([3, 4]);
        chip.Serial.Arrive([5]);
        Assert.AreEqual(2, signals.Count);
        CollectionAssert.AreEqual(new byte[] { 3, 4, 5 }, Read(line));
    });

    /// <summary>The port never reads more than is there: it would get no signal any more.</summary>
    [TestMethod]
    public void Read_that_times_out_holds_back_the_events_of_the_driver()
    {
        var chip = new SimulatedChip(1, new VirtualTime());
        using (chip.Enter())
        {
            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(16, nanoFramework.Hardware.Esp32.DeviceFunction.COM2_RX);
            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(17, nanoFramework.Hardware.Esp32.DeviceFunction.COM2_TX);
            int events = 0;
            using var port = new SerialPort("COM2") { ReadTimeout = 1 };
            port.DataReceived += (_, _) => events++;
            port.Open();
            Assert.ThrowsExactly<TimeoutException>(() => port.Read(new byte[2], 0, 2));
            chip.Serial.Arrive([1]);
            chip.Serial.Arrive([2]);
            Assert.AreEqual(0, events);
            chip.Serial.Arrive([3]);
            Assert.AreEqual(1, events);
        }
    }

    private static byte[] Read(SerialLine line)
    {
        var all = new List<byte>();
        byte[] buffer = new byte[64];
        for (int count = line.Read(buffer); count > 0; count = line.Read(buffer))
        {
            all.AddRange(buffer[..count]);
        }

        return [.. all];
    }

    private static void Run(Action<SerialLine, SimulatedChip, Signals> use)
    {
        var chip = new SimulatedChip(1, new VirtualTime());
        var signals = new Signals();
        using (chip.Enter())
        {
            use(new SerialLine(signals, 16, 17, 4), chip, signals);
        }
    }

    private sealed class Signals : ILinkEventSink
    {
        public int Count { get; private set; }

        public void Post(LinkEvent signal) => Count++;

        public bool Admit(int attempt, int bytes) => true;
    }
}
