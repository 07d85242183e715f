using Firmware.Gateway;
using Firmware.GatewayText.Lines;
using Firmware.GatewayText.Nmea;
using Firmware.Rules;

namespace Firmware.Tests.Fakes
{
    /// <summary>A device whose only child sends text; what its own sensor measures is sent once an hour.</summary>
    public sealed class TextRig
    {
        public TextRig(string child, bool isSynchronized, bool opens)
            : this(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':3600,'sntp':[],'children':{" + child + "}}", isSynchronized, opens)
        {
        }

        /// <summary>Boots on a storage with the settings that are there.</summary>
        public TextRig(MemoryStorage storage)
            : this(storage, null, true, true)
        {
        }

        private TextRig(MemoryStorage storage, string settings, bool isSynchronized, bool opens)
        {
            Device = new DeviceRig(storage, settings, "power-on", 0, new Module[] { new GatewayModule(Line, new LineOption(), new NmeaOption()), new RuleModule() });
            Line.Sink = Device.Inbox;
            Line.Opens = opens;
            if (isSynchronized)
            {
                Device.Clock.Synchronize();
            }

            Device.Device.Start();
            Device.GoOnline();
            Device.Run(2000);
        }

        public TextLine Line { get; } = new TextLine();

        public DeviceRig Device { get; }

        public string LastPack => Device.Link.Last("/telemetry").Text;

        /// <summary>The id of the request that was sent last.</summary>
        public long LastId
        {
            get
            {
                int at = Line.Sent.LastIndexOf(':') + 1;
                return long.Parse(Line.Sent.Substring(at, Line.Sent.LastIndexOf('}') - at));
            }
        }

        public static TextRig Online(string child) => new TextRig(child, true, true);

        /// <summary>A line arrives, and is worked on.</summary>
        public void Come(string line)
        {
            Line.Come(line + "\r\n");
            Device.Run(1000);
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
