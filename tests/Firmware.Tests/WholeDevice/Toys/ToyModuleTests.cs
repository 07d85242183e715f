using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice.Toys
{
    /// <summary>Adding a feature adds a folder, here this one, and one line in a board.</summary>
    [TestClass]
    public class ToyModuleTests
    {
        private const string Call = "{'jsonrpc':'2.0','id':'c','method':'toy.call'}";
        private const string Toy = "/toy";

        [TestMethod]
        public void Method_of_a_module_is_answered()
        {
            ToyModule toy = new ToyModule();
            Assert.Contains("\"result\":1", Online(toy).Ask(Call));
        }

        [TestMethod]
        public void Method_of_a_module_is_listed() =>
            Assert.Contains("\"toy.call\"", Online(new ToyModule()).Ask("{'jsonrpc':'2.0','id':'m','method':'methods'}"));

        [TestMethod]
        public void Setting_of_a_module_has_its_default()
        {
            ToyModule toy = new ToyModule();
            DeviceRig rig = Online(toy);
            Assert.Contains("\"toy.speed\":3", rig.Ask("{'jsonrpc':'2.0','id':'g','method':'settings.get'}"));
            Assert.AreEqual(3, toy.Speed);
        }

        [TestMethod]
        public void Setting_of_a_module_is_set_kept_and_used()
        {
            ToyModule toy = new ToyModule();
            DeviceRig rig = Online(toy);
            Set(rig, "7");
            Assert.Contains("\"toy.speed\":7", rig.Ask("{'jsonrpc':'2.0','id':'g','method':'settings.get'}"));
            Assert.AreEqual(7, toy.Speed);
            ToyModule next = new ToyModule();
            Online(new DeviceRig(rig.Storage, null, "power-on", 0, new Module[] { next }));
            Assert.AreEqual(7, next.Speed);
        }

        [TestMethod]
        public void Setting_of_a_module_is_refused_out_of_its_range()
        {
            ToyModule toy = new ToyModule();
            string answer = Set(Online(toy), "11");
            Assert.Contains("toy.speed", answer);
            Assert.Contains("must be an integer from 1 to 10", answer);
            Assert.AreEqual(3, toy.Speed);
        }

        [TestMethod]
        public void Setting_of_a_module_is_in_the_schema()
        {
            string schema = Online(new ToyModule()).Ask("{'jsonrpc':'2.0','id':'s','method':'settings.schema','params':{'after':'homeassistant.prefix'}}");
            Assert.Contains("\"toy.speed\"", schema);
            Assert.Contains("\"m/s\"", schema);
        }

        [TestMethod]
        public void Status_of_a_module_is_in_presence_and_info()
        {
            DeviceRig rig = Online(new ToyModule());
            Assert.Contains("\"toy\":{\"calls\":0}", rig.Link.Last("/status").Text);
            Assert.Contains("\"toy\":{\"calls\":0}", rig.Info());
        }

        [TestMethod]
        public void Topic_of_a_module_is_subscribed() => Assert.Contains(" m2m/toys/+ ", " " + Joined(Online(new ToyModule()).Link.Topics));

        [TestMethod]
        public void Message_on_a_topic_of_a_module_is_received()
        {
            ToyModule toy = new ToyModule();
            DeviceRig rig = Online(toy);
            Post(rig, "m2m/toys/1", "hello");
            Assert.AreEqual("m2m/toys/1 hello;", toy.Received);
        }

        [TestMethod]
        public void Request_is_no_message_of_a_module()
        {
            ToyModule toy = new ToyModule();
            Online(toy).Ask(Call);
            Assert.AreEqual("", toy.Received);
        }

        [TestMethod]
        public void Message_of_a_module_is_published_and_acknowledged()
        {
            ToyModule toy = new ToyModule();
            DeviceRig rig = Online(toy);
            Post(rig, "m2m/toys/say", "hello");
            rig.Run(1000);
            Assert.AreEqual("\"hello\"", rig.Link.Last(Toy).Text);
            Assert.AreEqual(1, toy.Acknowledged);
        }

        [TestMethod]
        public void Message_of_a_module_is_published_again_after_a_lost_connection()
        {
            ToyModule toy = new ToyModule();
            DeviceRig rig = Online(toy);
            rig.Link.Acknowledges = false;
            Post(rig, "m2m/toys/say", "hello");
            rig.Run(1000);
            Assert.AreEqual("1 0", rig.Link.CountOf(Toy) + " " + toy.Acknowledged);

            rig.LoseLink();
            rig.Link.Acknowledges = true;
            rig.Run(60000);
            rig.GoOnline();
            rig.Run(1000);
            Assert.AreEqual("2 1", rig.Link.CountOf(Toy) + " " + toy.Acknowledged);
            Assert.AreEqual("\"hello\"", rig.Link.Last(Toy).Text);
        }

        [TestMethod]
        public void Module_runs_when_it_asked_for()
        {
            ToyModule toy = new ToyModule { Period = 20000 };
            Online(toy).Run(65000);
            Assert.AreEqual("20000 40000 60000 ", toy.Ticks);
        }

        [TestMethod]
        public void Module_that_throws_in_Tick_is_left_alone_with_growing_pauses()
        {
            ToyModule toy = new ToyModule { Period = 1000, ThrowsIn = "tick" };
            DeviceRig rig = Online(toy);
            rig.Run(140000);
            Assert.AreEqual("1000 2000 4000 8000 16000 32000 64000 124000 ", toy.Ticks);
            ExpectHealthy(rig, 15);
        }

        [TestMethod]
        public void Module_that_works_again_runs_as_before()
        {
            ToyModule toy = new ToyModule { Period = 1000, ThrowsIn = "tick" };
            DeviceRig rig = Online(toy);
            rig.Run(5000);
            toy.ThrowsIn = null;
            rig.Run(5000);
            Assert.AreEqual("1000 2000 4000 8000 9000 10000 ", toy.Ticks);
        }

        [TestMethod]
        public void Module_that_throws_in_Start_does_not_run_and_disturbs_no_other()
        {
            ToyModule toy = new ToyModule { Period = 1000, ThrowsIn = "start" };
            DeviceRig rig = Online(toy);
            rig.Run(30000);
            Assert.AreEqual("", toy.Ticks);
            ExpectHealthy(rig, 4);
        }

        [TestMethod]
        public void Module_that_throws_in_OnMessage_disturbs_no_other()
        {
            ToyModule toy = new ToyModule { ThrowsIn = "message" };
            DeviceRig rig = Online(toy);
            for (int i = 0; i < 10; i++)
            {
                Post(rig, "m2m/toys/1", "hello");
            }

            rig.Run(30000);
            ExpectHealthy(rig, 4);
            toy.ThrowsIn = null;
            Post(rig, "m2m/toys/1", "again");
            Assert.AreEqual("m2m/toys/1 again;", toy.Received);
        }

        [TestMethod]
        public void Exception_of_a_module_is_counted_and_logged_by_its_name()
        {
            ToyModule toy = new ToyModule { Period = 1000, ThrowsIn = "tick" };
            DeviceRig rig = Online(new DeviceRig(new MemoryStorage(), "{'log':{'level':'error'}}", "power-on", 0, new Module[] { toy }));
            rig.Run(1500);
            Assert.Contains("\"exceptions\":1", rig.Info());
            Assert.Contains("toy: InvalidOperationException", rig.Link.Last("/log").Text);
        }

        [TestMethod]
        public void Module_does_not_run_in_safe_mode_and_its_method_is_refused()
        {
            MemoryStorage storage = new MemoryStorage();
            for (int i = 0; i < 10; i++)
            {
                new DeviceRig(storage, DeviceRig.DefaultSettings, "power-on").Device.Start();
            }

            ToyModule toy = new ToyModule { Period = 1000 };
            DeviceRig rig = Online(new DeviceRig(storage, null, "power-on", 0, new Module[] { toy }));
            rig.Run(5000);
            Assert.IsTrue(rig.Device.IsSafeMode);
            Assert.AreEqual("", toy.Ticks);
            string answer = rig.Ask(Call);
            Assert.Contains("\"code\":-32002", answer);
            Assert.Contains("safe mode", answer);
            Assert.AreEqual(0, toy.Calls);
        }

        // The device measures at its interval of 10 s, publishes and answers, whatever the module does.
        private static void ExpectHealthy(DeviceRig rig, int reads)
        {
            Assert.AreEqual(reads, rig.Slot76.Sensor.Reads);
            Assert.AreEqual(reads, rig.Link.CountIn("/telemetry", "\"temperature\""));
            Assert.Contains("\"result\":{\"uptime\":", rig.Ask("{'jsonrpc':'2.0','id':'p','method':'ping'}"));
        }

        private static string Set(DeviceRig rig, string speed)
        {
            string answer = rig.Ask("{'jsonrpc':'2.0','id':'s" + speed + "','method':'settings.set','params':{'values':{'toy.speed':" + speed + "}}}");
            rig.Settle();
            return answer;
        }

        private static void Post(DeviceRig rig, string topic, string text)
        {
            rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, rig.Link.Attempt) { Topic = topic, Payload = Utf8.Bytes(text) });
            rig.Device.Step();
        }

        private static string Joined(string[] topics)
        {
            string all = "";
            for (int i = 0; i < topics.Length; i++)
            {
                all += topics[i] + " ";
            }

            return all;
        }

        private static DeviceRig Online(ToyModule toy) =>
            Online(new DeviceRig(new MemoryStorage(), DeviceRig.DefaultSettings, "power-on", 0, new Module[] { toy }));

        private static DeviceRig Online(DeviceRig rig)
        {
            rig.Device.Start();
            rig.GoOnline();
            return rig;
        }
    }
}
