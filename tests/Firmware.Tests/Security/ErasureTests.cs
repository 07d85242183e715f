using System;
using Firmware.Platform;
using Firmware.Security;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Security
{
    /// <summary>Giving a device back as it left the factory.</summary>
    [TestClass]
    public class ErasureTests
    {
        private const int Capacity = 20000;
        private const string Own = "{'confirm':'" + SecurityRig.Id + "'}";

        [TestMethod]
        [DataRow("{}")]
        [DataRow("{'confirm':true}")]
        [DataRow("{'confirm':''}")]
        [DataRow("{'confirm':'esp32-020000000002'}")]
        [DataRow("{'confirm':'ESP32-020000000001'}")]
        public void Wrong_confirmation_erases_nothing(string parameters)
        {
            SecurityRig rig = new SecurityRig().Start();
            Assert.Contains("{\"param\":\"confirm\",\"reason\":\"must be the id of this device\"}", rig.Ask("factoryReset", parameters));
            rig.Rig.Run(20000);
            Assert.AreEqual(0, rig.Rig.Power.Restarts);
            Assert.AreEqual(0, rig.Rig.Storage.Length("erase"));
        }

        [TestMethod]
        public void Request_is_answered_and_reported_and_the_device_restarts_for_it()
        {
            SecurityRig rig = new SecurityRig().Start();
            Assert.StartsWith("{\"factoryReset\":\"accepted\"}", rig.Ask("factoryReset", Own));
            rig.Rig.Run(1000);
            Assert.AreEqual(1, rig.Rig.Link.CountIn("/event", "\"type\":\"factory-reset\",\"reason\":\"requested by any\""));
            Assert.Contains("\"state\":\"offline\"", rig.Rig.Link.Last("/status").Text);
            Assert.AreEqual(1, rig.Rig.Power.Restarts);
            Assert.IsTrue(rig.Led.IsHigh);
            Assert.AreEqual(1, rig.Rig.Storage.Length("erase"));
        }

        [TestMethod]
        public void Broker_that_acknowledges_nothing_delays_it_by_seconds()
        {
            SecurityRig rig = new SecurityRig().Start();
            rig.Rig.Link.Acknowledges = false;
            rig.Ask("factoryReset", Own);
            rig.Rig.Run(9000);
            Assert.AreEqual(1, rig.Rig.Power.Restarts);
        }

        [TestMethod]
        public void Storage_that_refuses_erases_nothing()
        {
            SecurityRig rig = new SecurityRig().Start();
            rig.Rig.Storage.WriteFails = true;
            Assert.Contains("could not be stored: nothing is erased", rig.Ask("factoryReset", Own));
            rig.Rig.Run(9000);
            Assert.AreEqual(0, rig.Rig.Power.Restarts);
        }

        [TestMethod]
        public void Start_without_a_request_touches_nothing()
        {
            MemoryStorage files = Used();
            FakeNetwork network = new FakeNetwork();
            PowerCutStorage storage = new PowerCutStorage(files, 0, 0, Capacity);
            Assert.IsFalse(Complete(storage, network));
            Assert.AreEqual(0, storage.Writes + network.Forgets);
        }

        [TestMethod]
        public void Everything_goes_but_the_application_and_free_flash_is_overwritten()
        {
            MemoryStorage files = Used();
            FakeNetwork network = new FakeNetwork();
            PowerCutStorage storage = new PowerCutStorage(files, 0, 0, Capacity);
            Erasure.Request(storage);
            Assert.IsFalse(Complete(storage, network));
            Assert.AreEqual("slot-a.bundle slots ", Sorted(files));
            Assert.AreEqual(1, network.Forgets);
            Assert.IsTrue(storage.Added > Capacity - 1024 - 1200, storage.Added + " bytes overwritten");
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void Power_cut_at_any_write_is_made_up_for_at_the_next_start(int written)
        {
            bool isCut = true;
            int cut;
            for (cut = 1; isCut; cut++)
            {
                MemoryStorage files = Used();
                FakeNetwork network = new FakeNetwork();
                PowerCutStorage storage = new PowerCutStorage(files, cut, written, Capacity);
                try
                {
                    Erasure.Request(storage);
                    Complete(storage, network);
                }
                catch (InvalidOperationException)
                {
                }

                isCut = storage.IsOff;
                bool isRequested = cut > 1 || written == 2;
                Complete(new PowerCutStorage(files, 0, 0, Capacity), network);
                Assert.AreEqual(isRequested ? "slot-a.bundle slots " : Sorted(Used()), Sorted(files), "cut at write " + cut);
                Assert.IsTrue(!isRequested || network.Forgets > 0);
            }

            Assert.IsTrue(cut > 20, cut + " writes");
        }

        [TestMethod]
        public void File_that_cannot_be_deleted_is_tried_again_at_the_next_start()
        {
            MemoryStorage files = Used();
            Erasure.Request(files);
            files.WriteFails = true;
            Assert.IsTrue(Complete(files, new FakeNetwork()));
            files.WriteFails = false;
            Assert.IsFalse(Complete(new PowerCutStorage(files, 0, 0, Capacity), new FakeNetwork()));
            Assert.AreEqual("slot-a.bundle slots ", Sorted(files));
        }

        [TestMethod]
        [DataRow(0L, 10300L, true)]
        [DataRow(0L, 9500L, false)]
        [DataRow(20000L, 10300L, true)]
        [DataRow(31000L, 20000L, false)]
        public void Button_held_for_ten_seconds_after_the_start_erases(long at, long time, bool isErased)
        {
            SecurityRig rig = new SecurityRig();
            rig.Rig.Device.Start();
            rig.Rig.Run(at);
            rig.Button.IsPressed = true;
            rig.Rig.Run(time);
            rig.Button.IsPressed = false;
            rig.Rig.Run(9000);
            Assert.AreEqual(isErased ? 1 : 0, rig.Rig.Power.Restarts);
            Assert.AreEqual(isErased ? 1 : 0, rig.Rig.Storage.Length("erase"));
            Assert.AreEqual(isErased, rig.Led.IsHigh);
        }

        [TestMethod]
        public void Button_that_is_stuck_erases_nothing()
        {
            SecurityRig rig = new SecurityRig();
            rig.Button.IsPressed = true;
            rig.Rig.Device.Start();
            rig.Rig.Run(100000);
            rig.Button.IsPressed = false;
            rig.Rig.Run(10000);
            Assert.AreEqual(0, rig.Rig.Power.Restarts + rig.Rig.Storage.Length("erase"));
            Assert.IsFalse(rig.Led.IsHigh);
        }

        [TestMethod]
        public void Button_erases_when_it_is_released_and_the_led_says_when()
        {
            SecurityRig rig = new SecurityRig();
            rig.Button.IsPressed = true;
            rig.Rig.Device.Start();
            rig.Rig.Run(12000);
            Assert.AreEqual(0, rig.Rig.Storage.Length("erase"));
            Assert.IsTrue(rig.Led.IsHigh);
            rig.Button.IsPressed = false;
            rig.Rig.Run(1000);
            Assert.AreEqual(1, rig.Rig.Storage.Length("erase"));
        }

        [TestMethod]
        public void Button_pressed_twice_for_six_seconds_erases_nothing()
        {
            SecurityRig rig = new SecurityRig();
            rig.Rig.Device.Start();
            for (int i = 0; i < 2; i++)
            {
                rig.Button.IsPressed = true;
                rig.Rig.Run(6000);
                rig.Button.IsPressed = false;
                rig.Rig.Run(1000);
            }

            rig.Rig.Run(9000);
            Assert.AreEqual(0, rig.Rig.Power.Restarts);
        }

        [TestMethod]
        public void Led_blinks_while_the_button_is_held()
        {
            SecurityRig rig = new SecurityRig();
            rig.Rig.Device.Start();
            rig.Button.IsPressed = true;
            rig.Rig.Run(2000);
            Assert.StartsWith("HLHLHL", rig.Led.History);
        }

        private static MemoryStorage Used()
        {
            MemoryStorage files = new MemoryStorage();
            foreach (string name in new[] { "settings.a", "settings.b", "settings.json", "boot", "outbox.0", "cert-me.a", "cert-me.b", "cert.part", "boot.new", "wake" })
            {
                files.Put(name, "secret " + name);
            }

            files.Put("slots", "which");
            files.Put("slot-a.bundle", "an image");
            return files;
        }

        private static bool Complete(IStorage storage, FakeNetwork network) =>
            Erasure.Complete(storage, network, null, null, "slot");

        private static string Sorted(MemoryStorage files)
        {
            string[] names = files.List();
            string sorted = string.Empty;
            string last = string.Empty;
            for (int i = 0; i < names.Length; i++)
            {
                string next = null;
                foreach (string name in names)
                {
                    next = string.Compare(name, last) > 0 && (next == null || string.Compare(name, next) < 0) ? name : next;
                }

                last = next;
                sorted += next + " ";
            }

            return sorted;
        }
    }
}
