using Boards.Esp32;
using Boards.NativeSim.World;
using CsCheck;
using nanoFramework.Device.OneWire;

namespace Scenarios.Sensors;

/// <summary>Datasheet DS18B20, 19-7487: table 1 (temperatures), figure 11 (CRC), 1-Wire search.</summary>
[TestClass]
public sealed class Ds18b20Tests
{
    // Table 1, but for 85 Cel.
    [TestMethod]
    [DataRow(0x07D0, 12500)]
    [DataRow(0x0191, 2506)]
    [DataRow(0x00A2, 1013)]
    [DataRow(0x0008, 50)]
    [DataRow(0x0000, 0)]
    [DataRow(0xFFF8, -50)]
    [DataRow(0xFF5E, -1012)]
    [DataRow(0xFE6F, -2506)]
    [DataRow(0xFC90, -5500)]
    public void Register_gives_the_temperature_of_the_datasheets_table(int register, int centiCelsius)
    {
        (ProbeRig rig, SimulatedDs18b20 sensor) = Rig();
        sensor.Raw = register;

        Assert.AreEqual(centiCelsius, rig.Sample()[0]);
        Assert.IsTrue(rig.InRange()[0]);
    }

    /// <summary>Application note 27: the ROM 02 1C B8 01 00 00 00 has the CRC A2.</summary>
    [TestMethod]
    public void Crc_of_the_application_note_is_accepted_and_any_other_is_not()
    {
        byte[] rom = [0x02, 0x1C, 0xB8, 0x01, 0, 0, 0];
        Assert.AreEqual(0xA2, SimulatedDs18b20.Crc(rom));

        byte[] right = [0x28, 0x1C, 0xB8, 0x01, 0, 0, 0];
        byte crc = SimulatedDs18b20.Crc(right);
        Assert.IsNotNull(Rig(new SimulatedDs18b20([.. right, crc])).Rig.Probe());
        Assert.IsNull(Rig(new SimulatedDs18b20([.. right, (byte)(crc ^ 1)])).Rig.Probe());
    }

    [TestMethod]
    public void Sensor_is_named_by_its_serial_number()
    {
        (ProbeRig rig, SimulatedDs18b20 sensor) = Rig();
        Assert.AreEqual("1-wire", rig.Address);

        rig.Probe();

        Assert.AreEqual("0316821E6401", rig.Address);
        Assert.AreEqual(sensor.Serial, rig.Address);
    }

    [TestMethod]
    [DataRow("0316821E6401", true)]
    [DataRow("0316821e6401", true)]
    [DataRow("0316821E6402", false)]
    public void Sensor_is_found_by_its_serial_number(string serial, bool isThere)
    {
        var rig = new ProbeRig(clock => new OneWireBus(clock, 16, 17).Open("tank", serial));
        rig.Board.OneWire.Attach(new SimulatedDs18b20(1));
        rig.Board.OneWire.Attach(new SimulatedDs18b20(3));

        Assert.AreEqual(isThere, rig.Probe() is { } sensor && sensor.Measurands[0].Name == "tank");
        Assert.AreEqual(serial, rig.Address);
    }

    [TestMethod]
    public void Device_of_another_family_is_not_taken() =>
        Assert.IsNull(Rig(new SimulatedDs18b20([0x10, 1, 2, 3, 4, 5, 6])).Rig.Probe());

    [TestMethod]
    [DataRow(SensorFault.Nack)]
    [DataRow(SensorFault.Removed)]
    [DataRow(SensorFault.ShortTransfer)]
    [DataRow(SensorFault.Busy)]
    [DataRow(SensorFault.BadCrc)]
    [DataRow(SensorFault.PowerOnValue)]
    public void Sensor_that_fails_while_it_is_used_does_not_answer_and_measures_again_later(SensorFault fault)
    {
        (ProbeRig rig, SimulatedDs18b20 sensor) = Rig();
        rig.Sample();

        sensor.Fault = fault;
        Assert.IsFalse(rig.Read());

        sensor.Fault = SensorFault.None;
        CollectionAssert.DoesNotContain(rig.Sample(), null);
    }

    [TestMethod]
    public void Eighty_five_degrees_are_refused_and_their_neighbours_are_not()
    {
        (ProbeRig rig, SimulatedDs18b20 sensor) = Rig();
        sensor.Raw = 0x054E;
        Assert.AreEqual(8488, rig.Sample()[0]);
        sensor.Raw = 0x0552;
        Assert.AreEqual(8513, rig.Next()[0]);

        sensor.Raw = 0x0550;

        Assert.IsFalse(rig.Read());
    }

    [TestMethod]
    public void Sensor_that_lost_its_supply_for_a_moment_does_not_answer_until_it_is_set_up_again()
    {
        (ProbeRig rig, SimulatedDs18b20 sensor) = Rig();
        rig.Sample();
        sensor.PowerGlitch();

        Assert.IsFalse(rig.Read());
        CollectionAssert.DoesNotContain(rig.Sample(), null);
    }

    [TestMethod]
    public void Temperature_beyond_125_Cel_is_out_of_range()
    {
        (ProbeRig rig, SimulatedDs18b20 sensor) = Rig();
        sensor.Fault = SensorFault.OutOfRange;
        rig.Sample();

        Assert.IsFalse(rig.InRange()[0]);
    }

    [TestMethod]
    public void Sensor_without_a_supply_of_its_own_is_refused()
    {
        (ProbeRig rig, SimulatedDs18b20 sensor) = Rig();
        sensor.IsParasitic = true;

        Assert.StartsWith("powered by the data line", rig.Refusal());
    }

    [TestMethod]
    public void Reading_takes_375_ms_and_that_of_a_copy_with_12_bits_is_waited_for()
    {
        (ProbeRig rig, SimulatedDs18b20 sensor) = Rig();
        rig.Sample();
        Assert.AreEqual(375, rig.WaitedMs);

        sensor.KeepsTwelveBits = true;
        sensor.PowerGlitch();
        Assert.AreEqual(rig.Room.TemperatureCelsius(rig.Now), rig.Sample()[0]!.Value / 100.0, 0.1);
        Assert.IsInRange(750, 770, rig.WaitedMs - 375);
    }

    [TestMethod]
    public void Wait_for_a_conversion_that_does_not_end_is_bounded()
    {
        (ProbeRig rig, SimulatedDs18b20 sensor) = Rig();
        rig.Probe();
        sensor.Fault = SensorFault.Busy;

        Assert.IsFalse(rig.Read());

        Assert.AreEqual(775, rig.WaitedMs);
    }

    [TestMethod]
    public void Each_port_has_a_sensor_of_its_own_and_keeps_it()
    {
        var bus = new Bus(ports: 4);
        for (int number = 1; number <= 3; number++)
        {
            bus.Attach(number);
        }

        Assert.AreEqual(3, bus.Probe());
        string[] before = bus.Addresses;
        Assert.HasCount(3, before.Distinct().Where(address => address != "1-wire"));

        // One that comes later is taken by the port that is free, one that is away keeps its port.
        bus.Board.OneWire.Attached[0].Fault = SensorFault.Nack;
        bus.Attach(4);
        Assert.AreEqual(3, bus.Probe());
        CollectionAssert.AreEqual(before[..3], bus.Addresses[..3]);
        Assert.AreEqual(bus.Board.OneWire.Attached[3].Serial, bus.Addresses[3]);
    }

    [TestMethod]
    public void Sensors_of_a_bus_share_one_conversion_in_a_round_and_none_of_an_earlier_one()
    {
        var bus = new Bus(ports: 3);
        for (int number = 1; number <= 3; number++)
        {
            bus.Attach(number);
        }

        bus.Probe();
        long before = bus.WaitedMs;
        bus.Read(0, 1, 2);
        Assert.AreEqual(375, bus.WaitedMs - before);

        // The last one alone, and later all of them: the first two have not read that conversion, but it is old.
        bus.Read(2);
        Assert.AreEqual(750, bus.WaitedMs - before);
        bus.Pass(60_000);
        bus.Read(0, 1, 2);
        Assert.AreEqual(1125, bus.WaitedMs - before);
    }

    [TestMethod]
    public void Sensors_of_any_serial_numbers_are_all_found() => Gen.Byte.Array[6].Array[1, 6].Sample(
        serials =>
        {
            var bus = new Bus(ports: 6);
            string[] expected = [.. serials.Select(serial => bus.Board.OneWire.Attach(new SimulatedDs18b20([0x28, .. serial])).Serial).Distinct().Order()];

            Assert.AreEqual(expected.Length, bus.Probe());
            CollectionAssert.AreEqual(expected, bus.Addresses.Where(address => address != "1-wire").Order().ToArray());
        },
        iter: 100);

    /// <summary>Twenty devices of another family before it in the order of the search, whose passes are bounded.</summary>
    [TestMethod]
    public void Search_of_a_crowded_bus_ends()
    {
        var bus = new Bus(ports: 1);
        for (int number = 0; number < 20; number++)
        {
            bus.Board.OneWire.Attach(new SimulatedDs18b20([0x20, (byte)number, 0, 0, 0, 0, 0]));
        }

        bus.Attach(1);

        Assert.AreEqual(0, bus.Probe());
    }

    [TestMethod]
    public void Shorted_line_is_no_sensor_and_a_found_one_does_not_answer()
    {
        var empty = new Bus(ports: 1);
        empty.Board.OneWire.IsShorted = true;
        Assert.AreEqual(0, empty.Probe());

        (ProbeRig rig, SimulatedDs18b20 _) = Rig();
        rig.Sample();
        rig.Board.OneWire.IsShorted = true;
        Assert.IsFalse(rig.Read());
        rig.Board.OneWire.IsShorted = false;
        CollectionAssert.DoesNotContain(rig.Sample(), null);
    }

    [TestMethod]
    public void Line_that_something_else_drives_is_survived() => Gen.Byte.Array[8].Sample(
        rom => Assert.IsTrue(Rig(new SimulatedDs18b20(rom)).Rig.Probe() is null || (rom[0] == 0x28 && SimulatedDs18b20.Crc(rom) == 0)),
        iter: 500);

    [TestMethod]
    public void Second_host_of_the_same_line_is_refused_as_on_a_device()
    {
        (ProbeRig rig, SimulatedDs18b20 _) = Rig();
        rig.Probe();

        Assert.ThrowsExactly<InvalidOperationException>(() => rig.OnChip(() => new OneWireHost()));
    }

    private static (ProbeRig Rig, SimulatedDs18b20 Sensor) Rig() => Rig(new SimulatedDs18b20(1));

    private static (ProbeRig Rig, SimulatedDs18b20 Sensor) Rig(SimulatedDs18b20 sensor)
    {
        var rig = new ProbeRig(clock => new Ds18b20Port(new OneWireBus(clock, 16, 17)));
        return (rig, rig.Board.OneWire.Attach(sensor));
    }

    /// <summary>A bus with several ports.</summary>
    private sealed class Bus
    {
        private readonly ProbeRig _rig;
        private readonly Ds18b20Port[] _ports;

        public Bus(int ports)
        {
            Ds18b20Port[] all = [];
            _rig = new ProbeRig(clock =>
            {
                var bus = new OneWireBus(clock, 16, 17);
                all = [.. Enumerable.Range(0, ports).Select(_ => new Ds18b20Port(bus))];
                return all[0];
            });
            _ports = all;
        }

        public SimulatedChip Board => _rig.Board;

        public string[] Addresses => [.. _ports.Select(port => port.Address)];

        public long WaitedMs => _rig.WaitedMs;

        public void Attach(int number) => Board.OneWire.Attach(new SimulatedDs18b20(number));

        public void Pass(int ms) => _rig.Pass(ms);

        /// <summary>Probes all ports; gives how many have a sensor.</summary>
        public int Probe() => _rig.OnChip(() => _ports.Count(port => port.Probe() is not null));

        public void Read(params int[] ports) => _rig.OnChip(() => ports.All(port => _ports[port].Read(new int[1], new bool[1])) ? 0 : throw new InvalidOperationException());
    }
}
