using Firmware.Security;

namespace Firmware.Tests.Fakes
{
    /// <summary>A whole device with the security module.</summary>
    public sealed class SecurityRig
    {
        public const string Id = "esp32-020000000001";

        private static int _id;

        public SecurityRig()
            : this(new MemoryStorage(), DeviceRig.DefaultSettings)
        {
        }

        public SecurityRig(MemoryStorage storage, string settings)
            : this(storage, settings, "power-on")
        {
        }

        public SecurityRig(MemoryStorage storage, string settings, string wakeCause)
        {
            Store = new CredentialStore(storage);
            Rig = new DeviceRig(storage, settings, wakeCause, 0, new Module[] { new SecurityModule(Store, Button, Led) });
        }

        public FakeButton Button { get; } = new FakeButton();

        public FakePin Led { get; } = new FakePin();

        public CredentialStore Store { get; }

        public DeviceRig Rig { get; }

        /// <summary>A device that is online.</summary>
        public SecurityRig Start()
        {
            Rig.Device.Start();
            if (Rig.Device.Settings.Broker.IsSecure)
            {
                Rig.Clock.Synchronize();
            }

            Rig.GoOnline();
            return this;
        }

        /// <summary>Asks with params in single-quoted JSON; what was answered, from the result or the error on.</summary>
        public string Ask(string method, string parameters)
        {
            string answer = Rig.Ask("{'jsonrpc':'2.0','id':'" + ++_id + "','method':'" + method + "','params':" + parameters + "}");
            Rig.Settle();
            Rig.Clock.Advance(1000);
            int at = answer.IndexOf("\"result\":");
            return answer.Substring(at >= 0 ? at + 9 : answer.IndexOf("\"error\":") + 8);
        }

        /// <summary>Sends text in one part.</summary>
        public string Set(string name, string kind, string text) => Ask("credentials.set", "{'name':'" + name + "','kind':'" + kind + "','data':'" + Escaped(text) + "'}");

        public static string Escaped(string text)
        {
            string escaped = string.Empty;
            foreach (char c in text.ToCharArray())
            {
                escaped += c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : c.ToString();
            }

            return escaped;
        }
    }
}
