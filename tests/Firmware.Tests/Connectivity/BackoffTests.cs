using Firmware.Connectivity;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Connectivity
{
    [TestClass]
    public class BackoffTests
    {
        [TestMethod]
        public void Pause_is_never_longer_than_its_limit()
        {
            Backoff backoff = new Backoff(new Jitter(5));
            for (int i = 0; i < 1000; i++)
            {
                int limit = backoff.Limit;
                int pause = backoff.Next();
                Assert.IsTrue(pause >= 0 && pause <= limit);
            }
        }

        [TestMethod]
        public void Limit_ends_at_five_minutes()
        {
            Backoff backoff = new Backoff(new Jitter(5));
            for (int i = 0; i < 100; i++)
            {
                backoff.Next();
            }

            Assert.AreEqual(300000, backoff.Limit);
        }

        [TestMethod]
        public void Limit_is_a_second_again_after_a_reset()
        {
            Backoff backoff = new Backoff(new Jitter(5));
            backoff.Next();
            backoff.Reset();
            Assert.AreEqual(1000, backoff.Limit);
        }

        // Of a thousand devices that lose a good connection for a second, none waits for much more than the spread.
        [TestMethod]
        public void Short_outage_costs_no_more_than_the_spread()
        {
            int longest = 0;
            for (int device = 0; device < 1000; device++)
            {
                Backoff backoff = new Backoff(new Jitter(device));
                backoff.Spread();
                int at = backoff.Next();
                while (at < 1000)
                {
                    at += backoff.Next();
                }

                longest = at > longest ? at : longest;
            }

            Assert.IsTrue(longest < 20000);
        }

        [TestMethod]
        public void Limit_grows_when_the_spread_is_used_up()
        {
            Backoff backoff = new Backoff(new Jitter(5));
            backoff.FleetLimit = 5000;
            backoff.Spread();
            int paused = 0;
            while (backoff.Limit == 5000)
            {
                paused += backoff.Next();
            }

            Assert.IsTrue(paused >= 5000);
        }

        // A hundred devices that fail together for the ninth time: no second of the 256 s to come gets a tenth of them.
        [TestMethod]
        public void Devices_that_fail_together_come_back_spread_out()
        {
            int[] perSecond = new int[257];
            int most = 0;
            for (int device = 0; device < 100; device++)
            {
                Backoff backoff = new Backoff(new Jitter(Jitter.SeedOf("esp32-0200000000" + (10 + (device % 90)), 1 + (device / 90))));
                for (int i = 0; i < 8; i++)
                {
                    backoff.Next();
                }

                int second = backoff.Next() / 1000;
                perSecond[second]++;
                most = perSecond[second] > most ? perSecond[second] : most;
            }

            Assert.IsTrue(most < 10);
        }
    }
}
