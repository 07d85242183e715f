using Boards.Esp32;
using Boards.NativeSim;
using Boards.NativeSim.World;
using CsCheck;
using Firmware.Platform;

namespace Scenarios;

/// <summary>The port's inputs on the simulated chip.</summary>
[TestClass]
public sealed class InputPinsTests
{
    private const int Pin = 4;
    private const int Voltage = 32;

    [TestMethod]
    public void Contact_posts_one_signal_until_it_is_asked()
    {
        var rig = new Rig();
        IInputPin pin = rig.On(pins => pins.Open(Pin, 2));
        Assert.IsFalse(rig.On(_ => pin.IsHigh));
        for (int i = 0; i < 1001; i++)
        {
            rig.Chip.Pins.Wire(Pin, i % 2 == 0);
        }

        Assert.AreEqual(1, rig.Signals);
        Assert.AreEqual(1001, rig.On(_ => pin.TakeEdges()));
        Assert.IsTrue(rig.On(_ => pin.IsHigh));

        rig.Chip.Pins.Wire(Pin, false);
        Assert.AreEqual(2, rig.Signals);
    }

    [TestMethod]
    [DataRow(0, true)]
    [DataRow(1, false)]
    [DataRow(2, false)]
    public void Open_contact_has_the_level_of_its_resistor(int pull, bool isHigh)
    {
        var rig = new Rig();
        Assert.AreEqual(isHigh, rig.On(pins => pins.Open(Pin, pull).IsHigh));
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1)]
    [DataRow(6)]
    [DataRow(21)]
    [DataRow(24)]
    [DataRow(37)]
    [DataRow(48)]
    [DataRow(int.MaxValue)]
    [DataRow(int.MinValue)]
    public void Pin_that_cannot_be_used_is_refused(int pin)
    {
        var rig = new Rig();
        Assert.IsNull(rig.On(pins => pins.Open(pin, 0)));
        Assert.IsNull(rig.On(pins => pins.OpenCounter(pin, 0, false, 0, false)));
        Assert.IsNull(rig.On(pins => pins.OpenCounter(pin, 0, false, 20, false)));
        Assert.AreEqual(0, rig.On(pins => pins.ReadMillivolts(pin, 16)));
    }

    [TestMethod]
    public void Pin_that_is_an_output_is_refused()
    {
        var rig = new Rig();
        Assert.IsNull(rig.On(pins => new OutputPins(SimulatedBoard.PinTable).Open(Pin, false) is null ? null : pins.Open(Pin, 0)));
    }

    /// <summary>The counter has 16 bits; a reading in the moment of an overflow is off by 32767.</summary>
    [TestMethod]
    public void Counter_is_exact_over_its_overflows() => Gen.Int[0, 9000].Array[1, 40].Sample(
        bursts =>
        {
            var rig = new Rig();
            IInputPin pin = rig.On(pins => pins.OpenCounter(Pin, 0, false, 0, false));
            long counted = 0;
            foreach (int burst in bursts)
            {
                rig.Pulse(burst);
                int pulses = rig.On(_ => pin.TakeEdges());
                Assert.IsGreaterThanOrEqualTo(0, pulses);
                counted += pulses;
            }

            Assert.AreEqual(bursts.Sum(), counted + rig.On(_ => pin.TakeEdges()));
        },
        iter: 50,
        threads: 1);

    [TestMethod]
    public void Ninth_meter_is_counted_by_edges()
    {
        var rig = new Rig();
        int[] gpios = [0, 4, 5, 12, 13, 14, 15, 18, 19];
        IInputPin[] pins = [.. gpios.Select(gpio => rig.On(open => open.OpenCounter(gpio, 2, false, 0, false)))];
        foreach (int gpio in gpios)
        {
            rig.Pulse(100, gpio);
        }

        CollectionAssert.AreEqual(Enumerable.Repeat(100, 9).ToArray(), pins.Select(pin => rig.On(_ => pin.TakeEdges())).ToArray());
        Assert.AreEqual(0, rig.Signals);
    }

    [TestMethod]
    public void Reed_contact_that_bounces_counts_once_a_pulse()
    {
        var rig = new Rig();
        IInputPin pin = rig.On(pins => pins.OpenCounter(Pin, 2, false, 20, false));
        for (int pulse = 0; pulse < 10; pulse++)
        {
            for (int bounce = 0; bounce < 5; bounce++)
            {
                rig.Chip.Pins.Wire(Pin, true);
                rig.Pass(1);
                rig.Chip.Pins.Wire(Pin, false);
                rig.Pass(1);
            }

            rig.Pass(100);
        }

        Assert.AreEqual(10, rig.On(_ => pin.TakeEdges()));
    }

    /// <summary>A meter of 100 pulses a second gets there after 124 days.</summary>
    [TestMethod]
    public void Edges_are_exact_when_their_number_turns_negative()
    {
        var rig = new Rig();
        IInputPin pin = rig.On(pins => pins.OpenCounter(Pin, 2, false, 0, true));
        foreach (string field in new[] { "_state", "_taken" })
        {
            typeof(EdgeInput).GetField(field, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.SetValue(pin, int.MaxValue - 1);
        }

        rig.Pulse(3);
        Assert.AreEqual(3, rig.On(_ => pin.TakeEdges()));
    }

    [TestMethod]
    public void Voltage_is_that_at_the_pin()
    {
        var rig = new Rig();
        rig.Chip.Adc.Attach(SimulatedBoard.PinTable.AnalogChannel(Voltage), () => 1500);
        Assert.IsInRange(1470, 1530, rig.On(pins => pins.ReadMillivolts(Voltage, 16)));
    }

    [TestMethod]
    public void Pin_of_an_earlier_boot_signals_nothing()
    {
        var rig = new Rig();
        rig.On(pins => pins.Open(Pin, 2));
        rig.Chip.CutPower();
        rig.Chip.PowerOn(WakeCause.PowerOn);
        rig.Chip.Pins.Wire(Pin, true);
        Assert.AreEqual(0, rig.Signals);
    }

    /// <summary>A worn one, or a pin that picks up noise: the loop may be busy for seconds.</summary>
    [TestMethod]
    public void Button_that_chatters_posts_one_signal_until_it_is_looked_at()
    {
        var rig = new Rig();
        var button = new PushButton(Pin, rig);
        Assert.IsFalse(rig.On(_ => button.IsPressed));
        for (int i = 0; i < 100; i++)
        {
            rig.Press(false);
            rig.Press(true);
        }

        Assert.AreEqual(1, rig.Signals);
        Assert.IsTrue(rig.On(_ => button.IsPressed));
        rig.Press(false);
        rig.Press(true);
        Assert.AreEqual(2, rig.Signals);
    }

    private sealed class Rig : ILinkEventSink
    {
        private readonly InputPins _pins;

        public Rig() => _pins = new InputPins(SimulatedBoard.PinTable, this);

        public SimulatedChip Chip { get; } = new(1, new VirtualTime());

        public int Signals { get; private set; }

        public bool Admit(int attempt, int bytes) => true;

        public void Post(LinkEvent item) => Signals += item.Kind == LinkEventKind.Signal ? 1 : 0;

        public T On<T>(Func<InputPins, T> work)
        {
            using (Chip.Enter())
            {
                return work(_pins);
            }
        }

        public void Pulse(int count, int pin = Pin)
        {
            for (int i = 0; i < count; i++)
            {
                Chip.Pins.Wire(pin, true);
                Chip.Pins.Wire(pin, false);
            }
        }

        public void Press(bool isPressed)
        {
            Chip.Pins.Wire(Pin, !isPressed);
            Pass(100);
        }

        public void Pass(int ms) => ((VirtualTime)Chip.Time).AdvanceTo(Chip.Time.NowMs + ms);
    }
}
