using Firmware.Platform;
using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    /// <summary>Several brokers, MQTT, time servers.</summary>
    [TestClass]
    public class SettingsReaderMqttTests
    {
        [TestMethod]
        public void Brokers_keep_their_order()
        {
            DeviceSettings settings = new SettingsRig("{'broker':[{'host':'b','port':2},{'host':'a','user':'u'}]}").Settings;
            Assert.AreEqual("b2 a1883u b", Text(settings.Brokers[0]) + " " + Text(settings.Brokers[1]) + " " + settings.Broker.Host);
        }

        [TestMethod]
        public void Broker_need_not_be_an_array()
        {
            DeviceSettings settings = new SettingsRig("{'broker':{'host':'b'}}").Settings;
            Assert.AreEqual("1 b", settings.Brokers.Length + " " + settings.Broker.Host);
        }

        [TestMethod]
        public void Wrong_broker_leaves_the_others_alone()
        {
            SettingsRig rig = new SettingsRig("{'broker':[7,{'host':'good'}]}");
            Assert.AreEqual("broker[0] 1 good", rig.Paths + " " + rig.Settings.Brokers.Length + " " + rig.Settings.Broker.Host);
        }

        [TestMethod]
        [DataRow("[7]", "broker[0]")]
        [DataRow("[{'host':'h'},{'port':0}]", "broker[1].port")]
        [DataRow("[{'x':0}]", "broker[0].x")]
        [DataRow("[{},{},{},{},{}]", "broker")]
        public void Wrong_broker_is_reported_with_its_path(string broker, string path)
        {
            Assert.AreEqual(path, new SettingsRig("{'broker':" + broker + "}").Paths);
        }

        [TestMethod]
        [DataRow("[7]")]
        [DataRow("[]")]
        [DataRow("[{},{},{},{},{}]")]
        public void There_is_always_a_broker(string broker)
        {
            Assert.AreEqual("mqtt.local", new SettingsRig("{'broker':" + broker + "}").Settings.Broker.Host);
        }

        [TestMethod]
        [DataRow("{'host':'h'}", "h1883 False   ")]
        [DataRow("{'host':'h','tls':false}", "h1883 False   ")]
        [DataRow("{'host':'h','tls':true}", "h8883 True   ")]
        [DataRow("{'host':'h','port':1883,'tls':true}", "h1883 True   ")]
        [DataRow("{'host':'h','tls':true,'ca':'root','credential':'client-2','hostName':'b.example'}", "h8883 True root client-2 b.example")]
        public void Tls_of_a_broker_is_read(string broker, string expected)
        {
            SettingsRig rig = new SettingsRig("{'broker':" + broker + "}");
            Assert.AreEqual(expected + " ", Tls(rig.Settings.Broker) + " " + rig.Paths);
        }

        [TestMethod]
        [DataRow("{'tls':'yes'}", "broker.tls")]
        [DataRow("{'tls':1}", "broker.tls")]
        [DataRow("{'tls':null}", "broker.tls")]
        [DataRow("{'ca':'root'}", "broker.ca")]
        [DataRow("{'tls':false,'credential':'client'}", "broker.credential")]
        [DataRow("{'hostName':'b.example'}", "broker.hostName")]
        [DataRow("{'tls':true,'ca':''}", "broker.ca")]
        [DataRow("{'tls':true,'ca':7}", "broker.ca")]
        [DataRow("{'tls':true,'credential':'12345678901234567'}", "broker.credential")]
        [DataRow("{'tls':true,'hostName':''}", "broker.hostName")]
        public void Wrong_tls_of_a_broker_is_reported_and_never_in_the_clear(string broker, string path)
        {
            SettingsRig rig = new SettingsRig("{'broker':" + broker + "}");
            Assert.AreEqual(path + " True", rig.Paths + " " + rig.Settings.Broker.IsSecure);
        }

        [TestMethod]
        [DataRow("{}", (int)MqttVersion.V311)]
        [DataRow("{'version':'5'}", (int)MqttVersion.V5)]
        [DataRow("{'version':5}", (int)MqttVersion.V5)]
        [DataRow("{'version':'3.1.1'}", (int)MqttVersion.V311)]
        public void Version_is_read(string mqtt, int version)
        {
            SettingsRig rig = new SettingsRig("{'mqtt':" + mqtt + "}");
            Assert.AreEqual(version + " ", (int)rig.Settings.MqttVersion + " " + rig.Paths);
        }

        [TestMethod]
        [DataRow("{}", "100 1")]
        [DataRow("{'burst':1,'rate':100}", "1 100")]
        [DataRow("{'burst':1000}", "1000 1")]
        public void Budget_is_read(string mqtt, string budget)
        {
            DeviceSettings settings = new SettingsRig("{'mqtt':" + mqtt + "}").Settings;
            Assert.AreEqual(budget, settings.MqttBurst + " " + settings.MqttRate);
        }

        [TestMethod]
        [DataRow("7", "mqtt")]
        [DataRow("{'version':4}", "mqtt.version")]
        [DataRow("{'version':'3.1'}", "mqtt.version")]
        [DataRow("{'version':3.1}", "mqtt.version")]
        [DataRow("{'version':null}", "mqtt.version")]
        [DataRow("{'burst':0}", "mqtt.burst")]
        [DataRow("{'burst':1001}", "mqtt.burst")]
        [DataRow("{'rate':0}", "mqtt.rate")]
        [DataRow("{'rate':101}", "mqtt.rate")]
        [DataRow("{'rate':0.5}", "mqtt.rate")]
        [DataRow("{'x':1}", "mqtt.x")]
        public void Wrong_setting_of_mqtt_is_reported_and_the_default_used(string mqtt, string path)
        {
            SettingsRig rig = new SettingsRig("{'mqtt':" + mqtt + "}");
            DeviceSettings settings = rig.Settings;
            Assert.AreEqual(path + " " + (int)MqttVersion.V311 + " 100 1", rig.Paths + " " + (int)settings.MqttVersion + " " + settings.MqttBurst + " " + settings.MqttRate);
        }

        [TestMethod]
        [DataRow("{}", "pool.ntp.org ")]
        [DataRow("{'sntp':['a']}", "a ")]
        [DataRow("{'sntp':['a','10.0.0.1']}", "a 10.0.0.1 ")]
        [DataRow("{'sntp':[]}", "")]
        public void Time_servers_are_read(string file, string servers)
        {
            Assert.AreEqual(servers, Servers(new SettingsRig(file)));
        }

        [TestMethod]
        [DataRow("'a'", "sntp")]
        [DataRow("{}", "sntp")]
        [DataRow("['a','b','c']", "sntp")]
        [DataRow("[7]", "sntp[0]")]
        [DataRow("['a','']", "sntp[1]")]
        public void Wrong_time_server_is_reported_and_the_default_used(string sntp, string path)
        {
            SettingsRig rig = new SettingsRig("{'sntp':" + sntp + "}");
            Assert.AreEqual(path + " pool.ntp.org ", rig.Paths + " " + Servers(rig));
        }

        private static string Text(BrokerAddress broker) => broker.Host + broker.Port + broker.User;

        private static string Tls(BrokerAddress broker) =>
            Text(broker) + " " + broker.IsSecure + " " + broker.Ca + " " + broker.Credential + " " + broker.HostName;

        private static string Servers(SettingsRig rig)
        {
            string servers = string.Empty;
            for (int i = 0; i < rig.Settings.TimeServers.Length; i++)
            {
                servers += rig.Settings.TimeServers[i] + " ";
            }

            return servers;
        }
    }
}
