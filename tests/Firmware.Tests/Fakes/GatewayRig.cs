using Firmware.Gateway;
using Firmware.GatewayText.Lines;
using Firmware.GatewayText.Nmea;
using Firmware.Rules;

namespace Firmware.Tests.Fakes
{
    /// <summary>A device with children on a serial line; what its own sensor measures is sent once an hour.</summary>
    public sealed class GatewayRig
    {
        public GatewayRig(string children)
            : this(children, string.Empty)
        {
        }

        /// <summary>With further settings, each with a comma before it.</summary>
        public GatewayRig(string children, string settings)
            : this(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':3600,'children':{" + children + "}" + settings + "}")
        {
        }

        /// <summary>Boots on a storage; settings may be null to leave those that are there.</summary>
        public GatewayRig(MemoryStorage storage, string settings)
        {
            Device = new DeviceRig(storage, settings, "power-on", 0, new Module[] { new GatewayModule(Line, new LineOption(), new NmeaOption()), new RuleModule() });
            Line.Sink = Device.Inbox;
            Device.Clock.Synchronize();
        }

        public FakeModbusLine Line { get; } = new FakeModbusLine();

        public DeviceRig Device { get; }

        public string LastPack => Device.Link.Last("/telemetry").Text;

        public int Packs => Device.Link.CountOf("/telemetry");

        /// <summary>A device that is connected, after the first poll of each child.</summary>
        public static GatewayRig Online(string children)
        {
            GatewayRig rig = new GatewayRig(children);
            rig.GoOnline();
            return rig;
        }

        /// <summary>Starts, and connects.</summary>
        public void GoOnline()
        {
            Device.Device.Start();
            Device.GoOnline();
            Device.Run(5000);
        }

        /// <summary>Packs with a text in them.</summary>
        public int PacksWith(string text) => Device.Link.CountIn("/telemetry", SingleQuoted.Text(text));

        /// <summary>Events with a text in them.</summary>
        public int Events(string text) => Device.Link.CountIn("/event", SingleQuoted.Text(text));

        public string List() => Device.Ask("{'jsonrpc':'2.0','id':'l" + Device.Clock.Uptime + "','method':'children.list'}");

        public string Set(string channel, string value) => Device.Ask(
            "{'jsonrpc':'2.0','id':'s" + Device.Clock.Uptime + "','method':'children.set','params':{'channel':'" + channel + "','value':" + value + "}}");
    }
}
