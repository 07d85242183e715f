using System;
using Firmware.Diagnostics;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics
{
    [TestClass]
    public class BootRecordPowerCutTests
    {
        [TestMethod]
        public void Power_cut_at_any_write_leaves_the_old_or_the_new_record()
        {
            CutStorage whole = new CutStorage();
            new BootRig(whole).Live("restart");
            new BootRig(whole).Live("restart");
            for (int write = 1; write <= whole.Writes; write++)
            {
                CheckCut(write, false);
                CheckCut(write, true);
            }
        }

        [TestMethod]
        public void Torn_record_starts_again_wherever_it_is_torn()
        {
            MemoryStorage storage = Used();
            for (int length = 0; length < Used().Length("boot"); length++)
            {
                storage = Used();
                storage.Truncate("boot", length);
                CheckNew(storage);
            }
        }

        [TestMethod]
        public void Damaged_record_starts_again_whichever_byte_it_is()
        {
            int size = Used().Length("boot");
            for (int at = 0; at < size; at++)
            {
                MemoryStorage storage = Used();
                storage.Damage("boot", at);
                CheckNew(storage);
            }
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("x")]
        [DataRow("4")]
        [DataRow("41")]
        public void Content_that_is_no_record_begins_at_one(string content)
        {
            MemoryStorage storage = new MemoryStorage();
            storage.Put("boot", content);
            BootRig rig = new BootRig(storage);
            Assert.AreEqual(1, rig.Record.Count);
            Assert.IsFalse(rig.Record.IsSafeMode);
            Assert.AreEqual(SingleQuoted.Text("{'stage':'starting','crashLoopCount':1,'knownGoodRevision':0}"), rig.Text);
        }

        [TestMethod]
        public void Random_content_does_not_stop_the_start()
        {
            Random random = new Random(5);
            for (int i = 0; i < 2000; i++)
            {
                byte[] content = new byte[random.Next(300)];
                random.NextBytes(content);
                MemoryStorage storage = new MemoryStorage();
                storage.Replace("boot", content);
                Assert.IsTrue(new BootRig(storage).Record.Count >= 1);
            }
        }

        [TestMethod]
        public void Storage_that_refuses_is_counted()
        {
            MemoryStorage storage = new MemoryStorage { WriteFails = true };
            BootRig rig = new BootRig(storage);
            rig.Live("stop");
            Assert.AreEqual(5, rig.Counters.StorageFaults);
            Assert.AreEqual(1, new BootRig(storage).Record.Count);
        }

        [TestMethod]
        public void Storage_that_throws_does_not_stop_the_run()
        {
            BootRig rig = new BootRig(new CutStorage { Throws = true });
            rig.Live("stop");
            Assert.AreEqual(1, rig.Record.Count);
            Assert.AreEqual(5, rig.Counters.StorageFaults);
        }

        // The first run is cut or lives, then the second; what the next finds fits what the last write was.
        private static void CheckCut(int write, bool isDone)
        {
            CutStorage storage = new CutStorage();
            storage.CutAt(write, isDone);
            int written = 0;
            for (int run = 1; run <= 2 && !storage.IsOff; run++)
            {
                BootRig rig = new BootRig(storage);
                written = storage.IsOff && !isDone ? written : run;
                rig.Live("restart");
            }

            bool isEnd = storage.Writes == write && (write == 5 || write == 10);
            storage.PowerOn();
            BootRig next = new BootRig(storage);
            Assert.AreEqual(written + 1, next.Record.Count);
            bool isFirst = !isDone && (write == 1 || write == 6);
            bool isOnPurpose = isFirst ? write == 6 : isEnd && isDone;
            Assert.IsTrue(next.Text.IndexOf("\"cleanShutdown\":true") >= 0 == isOnPurpose);
            Assert.IsFalse(next.Record.IsSafeMode);
        }

        private static void CheckNew(MemoryStorage storage)
        {
            BootRig rig = new BootRig(storage);
            Assert.AreEqual(1, rig.Record.Count);
            Assert.AreEqual(2, new BootRig(storage).Record.Count);
        }

        private static MemoryStorage Used()
        {
            MemoryStorage storage = new MemoryStorage();
            new BootRig(storage).Live("restart");
            return storage;
        }
    }
}
