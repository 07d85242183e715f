using Firmware.Platform;
using Firmware.Sleep;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Sleep
{
    [TestClass]
    public class EnergyLedgerTests
    {
        private const int Boot = (int)EnergyPhase.Boot;
        private const int Measure = (int)EnergyPhase.Measure;
        private const int Join = (int)EnergyPhase.Join;
        private const int Connect = (int)EnergyPhase.Connect;
        private const int Handshake = (int)EnergyPhase.Handshake;
        private const int Publish = (int)EnergyPhase.Publish;
        private const int Listen = (int)EnergyPhase.Listen;
        private const int Sleep = (int)EnergyPhase.Sleep;

        [TestMethod]
        [DataRow(Boot, 300L)]
        [DataRow(Measure, 50L)]
        [DataRow(Join, 2000L)]
        [DataRow(Connect, 150L)]
        [DataRow(Publish, 200L)]
        [DataRow(Listen, 1000L)]
        [DataRow(Sleep, 296300L)]
        public void Phase_is_timed(int phase, long milliseconds)
        {
            Assert.AreEqual(milliseconds, AfterAWake(new EnergyTotals()).TimeIn((EnergyPhase)phase));
        }

        [TestMethod]
        [DataRow(Boot, 10000L)]
        [DataRow(Measure, 20000L)]
        [DataRow(Join, 30000L)]
        [DataRow(Connect, 40000L)]
        [DataRow(Handshake, 45000L)]
        [DataRow(Publish, 50000L)]
        [DataRow(Listen, 60000L)]
        public void Phase_draws_its_current(int phase, long charge)
        {
            EnergyLedger ledger = new EnergyLedger(Profile(), new EnergyTotals());
            ledger.Enter((EnergyPhase)phase, 0);
            ledger.Enter(EnergyPhase.Sleep, 1000);
            Assert.AreEqual(charge, ledger.Charge);
        }

        [TestMethod]
        public void Sleep_draws_its_current()
        {
            EnergyLedger ledger = new EnergyLedger(Profile(), new EnergyTotals());
            ledger.Slept(300000);
            Assert.AreEqual(3000L, ledger.Charge);
        }

        [TestMethod]
        public void Phase_that_comes_again_goes_on()
        {
            EnergyLedger ledger = new EnergyLedger(Profile(), new EnergyTotals());
            ledger.Enter(EnergyPhase.Publish, 0);
            ledger.Enter(EnergyPhase.Listen, 100);
            ledger.Enter(EnergyPhase.Publish, 200);
            ledger.Enter(EnergyPhase.Publish, 250);
            ledger.Enter(EnergyPhase.Sleep, 300);
            Assert.AreEqual(200L, ledger.TimeIn(EnergyPhase.Publish));
        }

        [TestMethod]
        public void Cycle_is_a_sleep_and_a_wake()
        {
            EnergyTotals totals = new EnergyTotals();
            AfterAWake(totals);
            Assert.AreEqual("3700 142963", totals.LastAwake + " " + totals.LastCharge);
        }

        [TestMethod]
        public void Mean_is_that_of_a_day()
        {
            EnergyTotals totals = new EnergyTotals();
            AfterAWake(totals);
            AfterAWake(totals);
            Assert.AreEqual(142963L * 288, totals.MeanPerDay);
        }

        [TestMethod]
        public void Mean_before_the_first_cycle_is_nothing()
        {
            Assert.AreEqual(0L, new EnergyTotals().MeanPerDay);
        }

        [TestMethod]
        public void Mean_follows_within_weeks()
        {
            EnergyTotals totals = new EnergyTotals();
            Days(totals, 300, 1000000);
            Days(totals, 30, 2000000);
            Assert.IsTrue(totals.MeanPerDay > 1900000);
        }

        [TestMethod]
        public void Total_forgets_nothing()
        {
            EnergyTotals totals = new EnergyTotals();
            Days(totals, 300, 1000000);
            Assert.AreEqual(300000000L, totals.Total);
        }

        [TestMethod]
        public void Charge_of_years_at_the_highest_current_does_not_overflow()
        {
            EnergyTotals totals = new EnergyTotals();
            Days(totals, 3650, 500000L * 86400);
            long error = totals.MeanPerDay - (500000L * 86400);
            Assert.IsTrue(error > -10 && error < 10);
        }

        [TestMethod]
        [DataRow(1000, 50, 50)]
        [DataRow(1000, 100, 100)]
        [DataRow(1000, 0, 0)]
        [DataRow(1000, -1, 97)]
        [DataRow(10, -1, 0)]
        [DataRow(0, 50, -1)]
        public void Days_left_are_those_of_the_capacity(int capacity, int percent, int days)
        {
            EnergyTotals totals = new EnergyTotals();
            Days(totals, 3, 36000000);
            Assert.AreEqual(days, totals.DaysLeft(capacity, percent));
        }

        [TestMethod]
        public void Days_left_are_unknown_before_the_first_cycle()
        {
            Assert.AreEqual(EnergyTotals.Unknown, new EnergyTotals().DaysLeft(1000, 50));
        }

        private static void Days(EnergyTotals totals, int days, long charge)
        {
            for (int i = 0; i < days; i++)
            {
                totals.Add(400000, 86000000, charge);
            }
        }

        /// <summary>A cycle of 300 s.</summary>
        private static EnergyLedger AfterAWake(EnergyTotals totals)
        {
            EnergyLedger ledger = new EnergyLedger(Profile(), totals);
            ledger.Slept(296300);
            ledger.Enter(EnergyPhase.Measure, 300);
            ledger.Enter(EnergyPhase.Join, 350);
            ledger.Enter(EnergyPhase.Connect, 2350);
            ledger.Enter(EnergyPhase.Publish, 2500);
            ledger.Enter(EnergyPhase.Listen, 2700);
            ledger.Close(3700);
            return ledger;
        }

        private static PowerProfile Profile() => new PowerProfile
        {
            Boot = 10000,
            Measure = 20000,
            Join = 30000,
            Connect = 40000,
            Handshake = 45000,
            Publish = 50000,
            Listen = 60000,
            Sleep = 10,
        };
    }
}
