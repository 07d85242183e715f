using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    /// <summary>Random settings: what was set is shown, comes back after a restart, and can be set again without a change.</summary>
    [TestClass]
    public class SettingsRoundTripTests
    {
        private const int Rounds = 200;

        private static readonly string[] Names = { "temperature", "humidity-77", "a", "Z_9" };

        // A key, and its values from the least to the greatest.
        private static readonly string[][] Plain =
        {
            new[] { "interval", "1", "86400", "60" },
            new[] { "prefix", "'p'", "'site/hall-1'", "'a/b/c/d'" },
            new[] { "groups", "[]", "['a']", "['a','b_c','d-9']" },
            new[] { "sntp", "[]", "['ntp']", "['10.0.0.1','\u00FC\\u0001']" },
            new[] { "mqtt.version", "'3.1.1'", "'5'", "5" },
            new[] { "mqtt.burst", "1", "1000", "7e1" },
            new[] { "mqtt.rate", "1", "100", "2.0" },
            new[] { "reconnect.spread", "1", "300", "30" },
            new[] { "outbox.size", "4096", "131072", "8192" },
            new[] { "outbox.writeBack", "0", "60", "1" },
            new[] { "telemetry.check", "true", "false", "false" },
            new[] { "telemetry.format", "'senml'", "'json'", "'json'" },
            new[] { "history.size", "0", "16384", "1" },
            new[] { "log.size", "0", "8192", "64" },
            new[] { "log.level", "'off'", "'debug'", "'warning'" },
            new[] { "status.interval", "0", "86400", "1" },
            new[] { "homeassistant.enabled", "true", "false", "true" },
            new[] { "homeassistant.prefix", "'ha'", "'ha/2'", "'x'" },
            new[] { "wifi", "[]", "[{'ssid':'\u00FC \\'','password':'12345678'}]", "[{'ssid':'a'},{'ssid':'b','password':'p\\u00e4ssw\u00F6rd\\\\'}]" },
            new[] { "broker", "{}", "{'host':'h','port':65535,'user':'u'}", "[{'host':'a','password':'x'},{'host':'b','port':1}]", "{'host':'h','tls':true,'ca':'c','credential':'d','hostName':'n'}" },
        };

        private static readonly string[][] OfChannel =
        {
            new[] { "offset", "-1000000000", "0.000001", "1000000000" },
            new[] { "gain", "0.1", "1.000001", "10" },
            new[] { "deadband", "0", "0.2", "1e9" },
            new[] { "heartbeat", "1", "86400", "900" },
            new[] { "low", "-1000000000", "-0.5", "0" },
            new[] { "high", "1", "2.5", "1000000000" },
            new[] { "hysteresis", "0", "0.000001", "3" },
            new[] { "maxRate", "0.000001", "1", "1000000" },
            new[] { "stuck", "0", "2", "10000" },
            new[] { "window", "1", "60", "86400" },
            new[] { "median", "0", "3", "9" },
            new[] { "disagreement", "0", "1.5", "7" },
        };

        private static readonly string[][] OfActuator =
        {
            new[] { "inverted", "true", "false", "true" },
            new[] { "safe", "true", "false", "true" },
            new[] { "limit", "0", "86400", "1" },
            new[] { "kind", "'level'", "'switch'", "'level'" },
            new[] { "frequency", "1", "40000", "1000" },
            new[] { "pulse", "1", "60000", "500" },
            new[] { "minOn", "0", "1", "0" },
            new[] { "minOff", "0", "1", "1" },
        };

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        public void Random_sets_come_back(int seed)
        {
            uint random = (uint)seed;
            SettingsMethodRig rig = new SettingsMethodRig();
            for (int round = 0; round < Rounds; round++)
            {
                string values = Values(ref random);
                int revision = rig.Store.Revision;
                string answer = rig.Set(values);
                Assert.StartsWith("{'revision':" + rig.Store.Revision + ",'results':{", answer, values);
                Assert.IsTrue(rig.Store.Confirm());
                Assert.AreEqual(revision + (answer.IndexOf("applied") + answer.IndexOf("trial") + answer.IndexOf("restart") + answer.IndexOf("reconnect") > -4 ? 1 : 0), rig.Store.Revision, values);

                string shown = All(rig);
                rig = rig.Restart();
                Assert.AreEqual(shown, All(rig), values);
                Assert.AreEqual(0, rig.Store.Faults.Count, values);

                rig.Set(values);
                Assert.AreEqual(string.Empty, rig.Changes, values);
            }
        }

        [TestMethod]
        public void Random_resets_give_the_defaults()
        {
            uint random = 7;
            string defaults = All(new SettingsMethodRig());
            for (int round = 0; round < Rounds; round++)
            {
                SettingsMethodRig rig = new SettingsMethodRig();
                rig.Set(Values(ref random));
                rig.Store.Confirm();
                rig.Reset("['*','wifi','broker','prefix']");
                rig.Store.Confirm();
                string shown = All(rig);
                Assert.AreEqual(defaults.Substring(defaults.IndexOf(",")), shown.Substring(shown.IndexOf(",")));
                Assert.AreEqual(0, (int)SettingEffects.Between(rig.Store.Current, new DeviceSettings(AllSettings.Catalog())));
            }
        }

        // No page is full: few channels are set at a time.
        private static string All(SettingsMethodRig rig)
        {
            string shown = rig.Get("{}");
            string more = string.Empty;
            for (int at = shown.IndexOf("'next':'"); at >= 0; at = more.IndexOf("'next':'"))
            {
                string last = more.Length == 0 ? shown : more;
                more = rig.Get("{'after':'" + last.Substring(at + 8, last.Length - at - 10) + "'}");
                shown += more;
            }

            return shown;
        }

        private static string Values(ref uint random)
        {
            string values = string.Empty;
            for (int i = 0; i < Plain.Length; i++)
            {
                if (Next(ref random, 4) == 0)
                {
                    values += Pair(Plain[i], string.Empty, ref random);
                }
            }

            string channel = "channels." + Names[Next(ref random, Names.Length)] + ".";
            for (int i = 0; i < OfChannel.Length; i++)
            {
                if (Next(ref random, 4) == 0)
                {
                    values += Pair(OfChannel[i], channel, ref random);
                }
            }

            // From both ends of the range, and each has its own: a pin serves one.
            int index = Next(ref random, Names.Length);
            string actuator = "actuators." + Names[index] + ".";
            int pin = Next(ref random, 3) * Names.Length;
            values += ",'" + actuator + "pin':" + (pin > Names.Length ? 48 - index : pin + index);
            for (int i = 0; i < OfActuator.Length; i++)
            {
                if (Next(ref random, 2) == 0)
                {
                    values += Pair(OfActuator[i], actuator, ref random);
                }
            }

            return "{" + values.Substring(1) + "}";
        }

        private static string Pair(string[] setting, string path, ref uint random) =>
            ",'" + path + setting[0] + "':" + setting[1 + Next(ref random, 3)];

        private static int Next(ref uint random, int count)
        {
            random = random * 1664525 + 1013904223;
            return (int)((random >> 16) % (uint)count);
        }
    }
}
