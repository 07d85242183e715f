using System;
using Firmware.Diagnostics;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics
{
    [TestClass]
    public class BootRecordFailureTests
    {
        [TestMethod]
        public void First_exception_of_a_run_is_written_at_once()
        {
            MemoryStorage storage = new MemoryStorage();
            BootRig rig = new BootRig(storage);
            rig.Clock.Uptime = 4200;
            rig.Record.Failed(new ArgumentException("bad pin"), "sensors");
            Assert.Contains(SingleQuoted.Text("'exception':{'type':'ArgumentException','message':'bad pin','where':'sensors','boot':1,'uptime':4}"), new BootRig(storage).Text);
        }

        [TestMethod]
        public void Same_exception_is_written_once_a_run()
        {
            MemoryStorage storage = new MemoryStorage();
            for (int run = 1; run <= 2; run++)
            {
                BootRig rig = new BootRig(storage);
                int writes = storage.Writes;
                for (int i = 0; i < 100; i++)
                {
                    rig.Record.Failed(new Exception("again"), "measure");
                    rig.Clock.Advance(500);
                }

                Assert.AreEqual(writes + 1, storage.Writes);
                Assert.Contains("\"boot\":" + run + ",", rig.Text);
            }
        }

        [TestMethod]
        public void Different_exceptions_are_stored_once_a_minute()
        {
            MemoryStorage storage = new MemoryStorage();
            BootRig rig = new BootRig(storage);
            rig.Run(60000);
            int writes = storage.Writes;
            for (int i = 0; i < 600; i++)
            {
                rig.Record.Failed(new Exception("number " + i), "measure");
                rig.Run(1000);
            }

            Assert.IsTrue(storage.Writes - writes <= 11);
            Assert.Contains("number 599", rig.Text);
        }

        [TestMethod]
        public void Exception_that_had_to_wait_is_written_when_its_minute_is_over()
        {
            MemoryStorage storage = new MemoryStorage();
            BootRig rig = new BootRig(storage);
            rig.Run(60000);
            rig.Record.Failed(new Exception("first"), "measure");
            rig.Record.Failed(new Exception("second"), "publish");
            Assert.IsTrue(rig.Record.DueAt == 120000);
            Assert.Contains("first", new BootRig(Copy(storage)).Text);
            rig.Run(60000);
            Assert.Contains("second", new BootRig(storage).Text);
            Assert.AreEqual(long.MaxValue, rig.Record.DueAt);
        }

        [TestMethod]
        public void Exception_of_an_earlier_run_stays_until_there_is_another()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRig(storage).Record.Failed(new Exception("old"), "measure");
            new BootRig(storage).Live("stop");
            Assert.DoesNotContains("\"old\"", new BootRig(storage).Text);
            new BootRig(storage).Record.End("stop");
            Assert.Contains("no such sensor", new BootRig(storage).Text);
        }

        [TestMethod]
        public void Hostile_texts_are_cut_to_one_line()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRig(storage).Record.Failed(new Exception("a\r\nb\t" + new string('x', 5000)), null);
            string text = new BootRig(storage).Text;
            Assert.Contains("\"message\":\"a  b x", text);
            Assert.IsTrue(text.Length < 400);
        }

        [TestMethod]
        public void Wide_message_is_cut_between_two_characters()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRig(storage).Record.Failed(new Exception("x" + new string('\u20AC', 100)), "measure");
            string text = new BootRig(storage).Text;
            Assert.Contains("\u20AC\",\"where\":\"measure\"", text);
            Assert.IsTrue(storage.Length("boot") <= 260);
        }

        [TestMethod]
        public void Missing_exception_does_not_throw()
        {
            BootRig rig = new BootRig(new MemoryStorage());
            rig.Record.Failed(null, "measure");
            Assert.AreEqual(1, rig.Counters.Exceptions);
        }

        private static MemoryStorage Copy(MemoryStorage storage)
        {
            MemoryStorage copy = new MemoryStorage();
            copy.Replace("boot", storage.Read("boot"));
            return copy;
        }
    }
}
