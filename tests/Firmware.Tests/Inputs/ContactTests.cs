using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Inputs
{
    /// <summary>A contact from its pin to the broker.</summary>
    [TestClass]
    public class ContactTests
    {
        private const string Door = "'door':{'pin':4,'pull':'none'}";
        private const string Opened = "'input':'door','on':true";

        [TestMethod]
        public void First_measurement_has_the_level_of_the_start()
        {
            InputRig rig = InputRig.Online(Door, 1 << 4);
            Assert.Contains(SingleQuoted.Text("'n':'door','vb':true}"), rig.LastPack);
            Assert.AreEqual(0, rig.Events("'input'"));
        }

        [TestMethod]
        public void Change_is_published_at_once_with_an_event()
        {
            InputRig rig = InputRig.Online(Door, 0);
            rig.Pins.At(4).Set(true);
            rig.Device.Run(100);
            Assert.AreEqual(2, rig.Packs);
            Assert.Contains(SingleQuoted.Text("'n':'door','vb':true}"), rig.LastPack);
            Assert.DoesNotContains("temperature", rig.LastPack);
            Assert.AreEqual(1, rig.Events(Opened));
        }

        [TestMethod]
        public void Level_counts_when_the_time_of_the_debounce_is_over_and_not_before()
        {
            InputRig rig = InputRig.Online("'door':{'pin':4,'debounce':200}", 0);
            rig.Pins.At(4).Set(true);
            rig.Device.Run(199);
            Assert.AreEqual(1, rig.Packs);
            rig.Device.Run(1);
            Assert.AreEqual(2, rig.Packs);
        }

        [TestMethod]
        public void Spike_is_no_change()
        {
            InputRig rig = InputRig.Online(Door, 0);
            rig.Pins.At(4).Set(true);
            rig.Device.Run(10);
            rig.Pins.At(4).Set(false);
            rig.Device.Run(10000);
            Assert.AreEqual(1, rig.Packs);
            Assert.AreEqual(0, rig.Events("'input'"));
        }

        [TestMethod]
        public void Inverted_contact_is_on_when_it_is_low()
        {
            InputRig rig = InputRig.Online("'door':{'pin':4,'inverted':true}", 0);
            Assert.Contains(SingleQuoted.Text("'n':'door','vb':true}"), rig.LastPack);
        }

        [TestMethod]
        [DataRow("up", "4 0")]
        [DataRow("none", "4 1")]
        [DataRow("down", "4 2")]
        public void Resistor_is_that_of_the_settings(string pull, string arguments) =>
            Assert.AreEqual(arguments, new InputRig("'door':{'pin':4,'pull':'" + pull + "'}").Pins.Arguments);

        // 1000 edges in a second: the loop asks for them once in each 50 ms, and the last level is reported.
        [TestMethod]
        public void Chattering_contact_costs_few_steps_and_ends_with_its_true_level()
        {
            InputRig rig = InputRig.Online(Door, 0);
            int asked = rig.Pins.At(4).Asked;
            for (int i = 0; i < 1000; i++)
            {
                rig.Pins.At(4).Set(i % 2 == 0);
                rig.Device.Run(1);
            }

            rig.Pins.At(4).Set(true);
            rig.Device.Run(20000);
            Assert.IsTrue(rig.Pins.At(4).Asked - asked <= 42, "asked " + (rig.Pins.At(4).Asked - asked) + " times");
            Assert.IsTrue(rig.Packs <= 12, rig.Packs + " packs");
            Assert.Contains(SingleQuoted.Text("'n':'door','vb':true}"), rig.LastPack);
        }

        // 40 changes, of which each counts: more than the budget.
        [TestMethod]
        public void Flood_of_changes_is_published_within_a_budget_and_ends_with_the_last()
        {
            InputRig rig = InputRig.Online(Door, 0);
            for (int i = 0; i < 41; i++)
            {
                rig.Pins.At(4).Set(i % 2 == 0);
                rig.Device.Run(60);
            }

            rig.Device.Run(5000);
            Assert.IsTrue(rig.Events("'input':'door'") <= 14, rig.Events("'input':'door'") + " events");
            Assert.Contains(SingleQuoted.Text("'n':'door','vb':true}"), rig.LastPack);
            Assert.Contains(SingleQuoted.Text("'on':true,'changes':41"), rig.List());
        }

        // The runtime keeps a bounded number of interrupts: a storm of them drops some, and the last may be among them.
        [TestMethod]
        public void Edge_that_the_runtime_has_dropped_is_found_at_the_next_measurement()
        {
            InputRig rig = new InputRig(new MemoryStorage(), "{'reconnect':{'spread':1},'interval':10,'inputs':{" + Door + "}}", 0, "power-on");
            rig.Device.GoOnline();
            rig.Pins.At(4).Drop(true);
            rig.Device.Run(10100);
            Assert.Contains(SingleQuoted.Text("'n':'door','vb':true}"), rig.LastPack);
            Assert.AreEqual(1, rig.Events(Opened));
        }

        [TestMethod]
        public void Changes_of_an_outage_are_sent_when_it_is_over()
        {
            InputRig rig = new InputRig(Door);
            rig.Device.Run(1000);
            rig.Pins.At(4).Set(true);
            rig.Device.Run(1000);
            rig.Pins.At(4).Set(false);
            rig.Device.Run(1000);
            rig.Device.GoOnline();
            rig.Device.Run(1000);
            Assert.AreEqual(1, rig.Device.Link.CountIn("/telemetry", SingleQuoted.Text("'n':'door','vb':true}")));
            Assert.AreEqual(2, rig.Events("'input':'door'"));
        }

        [TestMethod]
        public void Pin_that_is_in_use_is_a_fault_of_its_input_alone()
        {
            InputRig rig = InputRig.Online("'door':{'pin':4},'window':{'pin':4},'gate':{'pin':5}", 1 << 5);
            Assert.AreEqual(1, rig.Events("'type':'input-fault','input':'window'"));
            Assert.Contains(SingleQuoted.Text("{'n':'gate','vb':true}"), rig.LastPack);
            Assert.DoesNotContains(SingleQuoted.Text("'n':'window'"), rig.LastPack);
            Assert.Contains(SingleQuoted.Text("'name':'window','kind':'contact','pin':4,'fault':'the pin cannot be used'"), rig.List());
        }

        [TestMethod]
        public void Contact_that_has_the_name_of_another_channel_has_a_name_of_its_own()
        {
            InputRig rig = InputRig.Online("'temperature':{'pin':4}", 0);
            Assert.Contains(SingleQuoted.Text("{'n':'temperature-inputs','vb':false}"), rig.LastPack);
        }

        [TestMethod]
        public void Device_without_inputs_has_no_channel_of_the_module()
        {
            InputRig rig = InputRig.Online(string.Empty, 0);
            Assert.DoesNotContains("inputs@", rig.Device.Ask("{'jsonrpc':'2.0','id':'s','method':'sensors.list'}"));
            Assert.Contains(SingleQuoted.Text("{'inputs':[]}"), rig.List());
        }

        [TestMethod]
        public void Change_during_a_sleep_is_an_event_of_the_wake()
        {
            const string Settings = "{'reconnect':{'spread':1},'interval':60,'power':{'mode':'deep-sleep','wakePin':4},'inputs':{" + Door + "}}";
            InputRig rig = new InputRig(new MemoryStorage(), Settings, 0, "power-on");
            rig.Device.Run(1);
            rig.Device.GoOnline();
            rig.Device.Run(20000);
            Assert.IsTrue(rig.Device.Power.Slept > 0, "it sleeps");
            Assert.IsTrue(rig.Pins.At(4).IsClosed, "its pin can wake it");

            InputRig next = new InputRig(rig.Device.Storage, null, 1 << 4, "pin");
            next.Device.Run(1);
            next.Device.GoOnline();
            next.Device.Run(20000);
            Assert.AreEqual(1, next.Events(Opened));
            Assert.AreEqual(1, next.Device.Link.CountIn("/telemetry", SingleQuoted.Text("{'n':'door','vb':true}")));
        }
    }
}
