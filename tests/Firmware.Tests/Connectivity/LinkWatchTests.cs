using Firmware.Connectivity;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    [TestClass]
    public class LinkWatchTests
    {
        private const int Fine = (int)LinkCheck.Fine;
        private const int Probe = (int)LinkCheck.Probe;
        private const int Silent = (int)LinkCheck.Silent;

        [TestMethod]
        [DataRow(29999, Fine)]
        [DataRow(30000, Probe)]
        public void Link_is_probed_after_a_keep_alive_of_silence(int now, int check)
        {
            Assert.AreEqual(check, (int)Received().Check(now));
        }

        [TestMethod]
        public void Link_is_probed_once()
        {
            Assert.AreEqual(Fine, (int)Probed().Check(30001));
        }

        [TestMethod]
        [DataRow(44999, Fine)]
        [DataRow(45000, Silent)]
        public void Link_is_silent_after_one_and_a_half_keep_alives(int now, int check)
        {
            Assert.AreEqual(check, (int)Probed().Check(now));
        }

        [TestMethod]
        public void Silence_is_reported_once()
        {
            LinkWatch watch = Probed();
            watch.Check(45000);
            Assert.AreEqual(Fine, (int)watch.Check(1000000));
        }

        [TestMethod]
        public void Probe_that_comes_back_begins_a_new_keep_alive()
        {
            LinkWatch watch = Probed();
            watch.NoteReceived(40000);
            Assert.AreEqual(70000L, watch.DueAt);
        }

        [TestMethod]
        public void Probe_is_sent_again_after_one_that_came_back()
        {
            LinkWatch watch = Probed();
            watch.NoteReceived(40000);
            Assert.AreEqual(Probe, (int)watch.Check(70000));
        }

        [TestMethod]
        public void Doubted_link_is_probed_at_once()
        {
            LinkWatch watch = Received();
            watch.Doubt(5000);
            Assert.AreEqual(Probe, (int)watch.Check(5000));
        }

        [TestMethod]
        public void Doubt_does_not_extend_a_probe_in_flight()
        {
            LinkWatch watch = Probed();
            watch.Doubt(40000);
            Assert.AreEqual(45000L, watch.DueAt);
        }

        [TestMethod]
        public void Link_watch_has_no_due_time_without_a_link()
        {
            LinkWatch watch = Probed();
            watch.End();
            Assert.AreEqual(long.MaxValue + " " + Fine, watch.DueAt + " " + (int)watch.Check(1000000));
        }

        [TestMethod]
        public void Link_watch_has_no_due_time_before_the_first_link()
        {
            Assert.AreEqual(long.MaxValue, new LinkWatch().DueAt);
        }

        private static LinkWatch Received()
        {
            LinkWatch watch = new LinkWatch();
            watch.NoteReceived(0);
            return watch;
        }

        private static LinkWatch Probed()
        {
            LinkWatch watch = Received();
            watch.Check(30000);
            return watch;
        }
    }
}
