using Firmware.Inputs;

namespace Firmware.Tests.Fakes
{
    /// <summary>A device with inputs, connected, with its first pack sent.</summary>
    public sealed class InputRig
    {
        private const string Telemetry = "/telemetry";

        public InputRig(string inputs)
            : this(inputs, 0)
        {
        }

        /// <summary>Pins that are high from the start on: bit n for GPIO n.</summary>
        public InputRig(string inputs, int high)
            : this(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':3600,'inputs':{" + inputs + "}}", high, "power-on")
        {
        }

        /// <summary>Boots on a storage; settings may be null to leave those that are there.</summary>
        public InputRig(MemoryStorage storage, string settings, int high, string wakeCause)
        {
            Pins.High = high;
            Device = new DeviceRig(storage, settings, wakeCause, 0, new Module[] { new InputModule(Pins, OneWire) }, new FakeInputTable());
            Pins.Sink = Device.Inbox;
            Device.Clock.Synchronize();
            Device.Device.Start();
        }

        public FakeInputPins Pins { get; } = new FakeInputPins();

        public FakeOneWire OneWire { get; } = new FakeOneWire();

        public DeviceRig Device { get; }

        public int Packs => Device.Link.CountOf(Telemetry);

        public string LastPack => Device.Link.Last(Telemetry).Text;

        /// <summary>A device that is connected.</summary>
        public static InputRig Online(string inputs, int high)
        {
            InputRig rig = new InputRig(inputs, high);
            rig.Device.GoOnline();
            return rig;
        }

        /// <summary>What "inputs.list" says.</summary>
        public string List() => Device.Ask("{'jsonrpc':'2.0','id':'l" + Device.Clock.Uptime + "','method':'inputs.list'}");

        /// <summary>Events with a text in them.</summary>
        public int Events(string text) => Device.Link.CountIn("/event", SingleQuoted.Text(text));

        /// <summary>Restarts after a power cut: what was in RAM is gone.</summary>
        public InputRig CutPower() => new InputRig(Device.Storage, null, Pins.High, "power-on");
    }
}
