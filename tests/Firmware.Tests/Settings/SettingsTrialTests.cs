using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Settings
{
    [TestClass]
    public class SettingsTrialTests
    {
        [TestMethod]
        public void Without_a_trial_nothing_is_due()
        {
            SettingsTrial trial = new SettingsTrial();
            Assert.IsFalse(trial.IsRunning || trial.Online(1) || trial.Tick(long.MaxValue - 1) || trial.DueAt != long.MaxValue);
        }

        [TestMethod]
        public void Trial_is_due_120_seconds_after_it_began()
        {
            Assert.AreEqual(125000, Begun().DueAt);
        }

        [TestMethod]
        public void Device_that_is_online_in_time_keeps_its_settings()
        {
            Assert.IsTrue(Begun().Online(124999));
        }

        [TestMethod]
        public void Device_that_is_online_too_late_does_not_keep_its_settings()
        {
            Assert.IsFalse(Begun().Online(125000));
        }

        [TestMethod]
        [DataRow(124999, false)]
        [DataRow(125000, true)]
        [DataRow(999999, true)]
        public void Trial_fails_when_its_time_is_over(int now, bool hasFailed)
        {
            Assert.AreEqual(hasFailed, Begun().Tick(now));
        }

        [TestMethod]
        public void Trial_that_has_passed_cannot_fail()
        {
            SettingsTrial trial = Begun();
            trial.Online(6000);
            Assert.IsFalse(trial.Tick(200000) || trial.IsRunning);
        }

        [TestMethod]
        public void Trial_ends_once()
        {
            SettingsTrial trial = Begun();
            trial.Tick(125000);
            Assert.IsFalse(trial.Tick(125001) || trial.Online(125001));
        }

        [TestMethod]
        public void Client_is_known_after_the_end()
        {
            SettingsTrial trial = Begun();
            trial.Tick(125000);
            Assert.AreEqual("7 me", Utf8.Text(trial.RequestId) + " " + trial.From);
        }

        private static SettingsTrial Begun()
        {
            SettingsTrial trial = new SettingsTrial();
            trial.Begin(5000, Utf8.Bytes("7"), "me");
            return trial;
        }
    }
}
