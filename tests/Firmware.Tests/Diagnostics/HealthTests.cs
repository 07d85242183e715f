using Firmware.Diagnostics;
using Firmware.Diagnostics.Methods;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics
{
    [TestClass]
    public class HealthTests
    {
        [TestMethod]
        public void Health_has_memory_steps_and_counters()
        {
            HealthRig rig = new HealthRig();
            rig.Clock.Uptime = 61000;
            rig.Counters.Reconnects = 2;
            rig.Counters.ReadingsDropped = 3;
            rig.Health.Stepped(5000, 5040);
            string expected = "{'heap':40000,'heapLow':40000,'step':40,'stepAt':5,'outbox':0,'signal':-61,'reconnects':2,'dropped':3,'uptime':61}";
            Assert.AreEqual(SingleQuoted.Text(expected), rig.Text);
            Assert.AreEqual(rig.Text, new MethodRig(new HealthMethod(rig.Health)).Call());
        }

        [TestMethod]
        public void Heap_is_measured_once_a_minute()
        {
            HealthRig rig = new HealthRig();
            for (int i = 0; i < 6000; i++)
            {
                rig.Health.Tick(rig.Clock.Uptime);
                rig.Clock.Advance(100);
            }

            Assert.AreEqual(10, rig.Memory.Measurements);
        }

        [TestMethod]
        public void Status_does_not_measure_the_heap_again_within_a_minute()
        {
            HealthRig rig = new HealthRig();
            string text = rig.Text;
            rig.Clock.Advance(59999);
            text = rig.Text;
            Assert.AreEqual(1, rig.Memory.Measurements);
        }

        [TestMethod]
        public void Lowest_heap_is_kept()
        {
            HealthRig rig = new HealthRig();
            rig.Health.MeasureHeap();
            rig.Memory.Free = 12000;
            rig.Clock.Advance(60000);
            rig.Health.Tick(rig.Clock.Uptime);
            rig.Memory.Free = 30000;
            rig.Clock.Advance(60000);
            rig.Health.Tick(rig.Clock.Uptime);
            Assert.Contains(SingleQuoted.Text("{'heap':30000,'heapLow':12000,"), rig.Text);
        }

        [TestMethod]
        public void Longest_step_is_kept_with_its_time()
        {
            HealthRig rig = new HealthRig();
            rig.Health.Stepped(1000, 1005);
            rig.Health.Stepped(9000, 9300);
            rig.Health.Stepped(20000, 20300);
            Assert.Contains(SingleQuoted.Text("'step':300,'stepAt':9,"), rig.Text);
        }

        [TestMethod]
        public void Signal_is_absent_while_it_is_not_known()
        {
            HealthRig rig = new HealthRig();
            rig.Network.SignalDbm = 0;
            Assert.DoesNotContains("signal", rig.Text);
        }
    }
}
