using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    /// <summary>Every event in every state. A trial lasts 300 s.</summary>
    [TestClass]
    public class UpdateMachineTests
    {
        private const int Idle = (int)UpdateState.Idle;
        private const int Waiting = (int)UpdateState.Waiting;
        private const int Downloading = (int)UpdateState.Downloading;
        private const int Verifying = (int)UpdateState.Verifying;
        private const int Installing = (int)UpdateState.Installing;
        private const int Trial = (int)UpdateState.Trial;

        private const int Offered = (int)UpdateEvent.Offered;
        private const int GatesOpen = (int)UpdateEvent.GatesOpen;
        private const int GatesClosed = (int)UpdateEvent.GatesClosed;
        private const int Complete = (int)UpdateEvent.Complete;
        private const int Corrupt = (int)UpdateEvent.Corrupt;
        private const int Verified = (int)UpdateEvent.Verified;
        private const int Healthy = (int)UpdateEvent.Healthy;
        private const int Confirmed = (int)UpdateEvent.Confirmed;
        private const int GivenUp = (int)UpdateEvent.GivenUp;
        private const int Tick = (int)UpdateEvent.Tick;

        private const int None = (int)UpdateAction.None;
        private const int Download = (int)UpdateAction.Download;
        private const int Verify = (int)UpdateAction.Verify;
        private const int DownloadAgain = (int)UpdateAction.DownloadAgain;
        private const int Install = (int)UpdateAction.Install;
        private const int Confirm = (int)UpdateAction.Confirm;
        private const int Revert = (int)UpdateAction.Revert;
        private const int Discard = (int)UpdateAction.Discard;

        [TestMethod]
        [DataRow(Idle, Offered, Waiting, None)]
        [DataRow(Idle, GatesOpen, Idle, None)]
        [DataRow(Idle, GatesClosed, Idle, None)]
        [DataRow(Idle, Complete, Idle, None)]
        [DataRow(Idle, Corrupt, Idle, None)]
        [DataRow(Idle, Verified, Idle, None)]
        [DataRow(Idle, Healthy, Idle, None)]
        [DataRow(Idle, Confirmed, Idle, None)]
        [DataRow(Idle, GivenUp, Idle, None)]
        [DataRow(Idle, Tick, Idle, None)]
        [DataRow(Waiting, Offered, Waiting, None)]
        [DataRow(Waiting, GatesOpen, Downloading, Download)]
        [DataRow(Waiting, GatesClosed, Waiting, None)]
        [DataRow(Waiting, Complete, Waiting, None)]
        [DataRow(Waiting, Corrupt, Waiting, None)]
        [DataRow(Waiting, Verified, Waiting, None)]
        [DataRow(Waiting, Healthy, Waiting, None)]
        [DataRow(Waiting, Confirmed, Waiting, None)]
        [DataRow(Waiting, GivenUp, Idle, Discard)]
        [DataRow(Waiting, Tick, Waiting, None)]
        [DataRow(Downloading, Offered, Waiting, None)]
        [DataRow(Downloading, GatesOpen, Downloading, None)]
        [DataRow(Downloading, GatesClosed, Waiting, None)]
        [DataRow(Downloading, Complete, Verifying, Verify)]
        [DataRow(Downloading, Corrupt, Downloading, None)]
        [DataRow(Downloading, Verified, Downloading, None)]
        [DataRow(Downloading, Healthy, Downloading, None)]
        [DataRow(Downloading, Confirmed, Downloading, None)]
        [DataRow(Downloading, GivenUp, Idle, Discard)]
        [DataRow(Downloading, Tick, Downloading, None)]
        [DataRow(Verifying, Offered, Waiting, None)]
        [DataRow(Verifying, GatesOpen, Verifying, None)]
        [DataRow(Verifying, GatesClosed, Verifying, None)]
        [DataRow(Verifying, Complete, Verifying, None)]
        [DataRow(Verifying, Corrupt, Downloading, DownloadAgain)]
        [DataRow(Verifying, Verified, Installing, Install)]
        [DataRow(Verifying, Healthy, Verifying, None)]
        [DataRow(Verifying, Confirmed, Verifying, None)]
        [DataRow(Verifying, GivenUp, Idle, Discard)]
        [DataRow(Verifying, Tick, Verifying, None)]
        [DataRow(Installing, Offered, Installing, None)]
        [DataRow(Installing, GatesOpen, Installing, None)]
        [DataRow(Installing, GatesClosed, Installing, None)]
        [DataRow(Installing, Complete, Installing, None)]
        [DataRow(Installing, Corrupt, Installing, None)]
        [DataRow(Installing, Verified, Installing, None)]
        [DataRow(Installing, Healthy, Installing, None)]
        [DataRow(Installing, Confirmed, Installing, None)]
        [DataRow(Installing, GivenUp, Idle, Discard)]
        [DataRow(Installing, Tick, Installing, None)]
        [DataRow(Trial, Offered, Trial, None)]
        [DataRow(Trial, GatesOpen, Trial, None)]
        [DataRow(Trial, GatesClosed, Trial, None)]
        [DataRow(Trial, Complete, Trial, None)]
        [DataRow(Trial, Corrupt, Trial, None)]
        [DataRow(Trial, Verified, Trial, None)]
        [DataRow(Trial, Healthy, Trial, Confirm)]
        [DataRow(Trial, Confirmed, Idle, None)]
        [DataRow(Trial, GivenUp, Installing, Revert)]
        [DataRow(Trial, Tick, Trial, None)]
        public void Event_moves_as_in_the_table(int from, int e, int to, int action)
        {
            UpdateMachine machine = In(from);
            int done = (int)machine.On((UpdateEvent)e, 0);
            Assert.AreEqual(to + " " + action, (int)machine.State + " " + done);
        }

        [TestMethod]
        [DataRow(Idle, 0)]
        [DataRow(Waiting, 0)]
        [DataRow(Downloading, 1)]
        [DataRow(Verifying, 2)]
        [DataRow(Installing, 3)]
        [DataRow(Trial, 3)]
        public void State_has_a_number_in_lwm2m(int state, int number)
        {
            Assert.AreEqual(number, In(state).Lwm2mState);
        }

        [TestMethod]
        [DataRow(Idle)]
        [DataRow(Waiting)]
        [DataRow(Downloading)]
        [DataRow(Verifying)]
        [DataRow(Installing)]
        public void Only_a_trial_has_a_deadline(int state)
        {
            UpdateMachine machine = In(state);
            Assert.AreEqual(long.MaxValue, machine.Deadline);
            Assert.AreEqual(None, (int)machine.On(UpdateEvent.Tick, long.MaxValue));
        }

        [TestMethod]
        public void Trial_ends_at_its_deadline()
        {
            UpdateMachine machine = new UpdateMachine();
            machine.BeginTrial(5000, 300000);
            Assert.AreEqual(305000L, machine.Deadline);
            Assert.AreEqual(None, (int)machine.On(UpdateEvent.Tick, 304999));
            Assert.AreEqual(Revert, (int)machine.On(UpdateEvent.Tick, 305000));
            Assert.AreEqual(Installing, (int)machine.State);
        }

        [TestMethod]
        public void Confirmed_image_has_no_deadline()
        {
            UpdateMachine machine = In(Trial);
            machine.On(UpdateEvent.Healthy, 1000);
            machine.On(UpdateEvent.Confirmed, 1000);
            Assert.AreEqual(None, (int)machine.On(UpdateEvent.Tick, 300000));
            Assert.AreEqual(long.MaxValue, machine.Deadline);
        }

        [TestMethod]
        public void Health_is_confirmed_once()
        {
            UpdateMachine machine = In(Trial);
            Assert.AreEqual(Confirm, (int)machine.On(UpdateEvent.Healthy, 1000));
            Assert.AreEqual(None, (int)machine.On(UpdateEvent.Healthy, 1000));
        }

        [TestMethod]
        public void Confirmation_that_was_not_written_is_tried_again_each_ten_seconds()
        {
            UpdateMachine machine = In(Trial);
            machine.On(UpdateEvent.Healthy, 1000);
            Assert.AreEqual(11000L, machine.Deadline);
            Assert.AreEqual(None, (int)machine.On(UpdateEvent.Tick, 10999));
            Assert.AreEqual(Confirm, (int)machine.On(UpdateEvent.Tick, 11000));
            Assert.AreEqual(21000L, machine.Deadline);
        }

        [TestMethod]
        public void Trial_ends_at_its_deadline_when_its_confirmation_is_never_written()
        {
            UpdateMachine machine = In(Trial);
            machine.On(UpdateEvent.Healthy, 295000);
            Assert.AreEqual(300000L, machine.Deadline);
            Assert.AreEqual(Revert, (int)machine.On(UpdateEvent.Tick, 300000));
        }

        [TestMethod]
        public void Image_that_is_corrupt_on_flash_is_downloaded_again_twice()
        {
            UpdateMachine machine = In(Verifying);
            for (int i = 0; i < UpdateMachine.MaxCorruptions; i++)
            {
                Assert.AreEqual(DownloadAgain, (int)machine.On(UpdateEvent.Corrupt, 0));
                machine.On(UpdateEvent.Complete, 0);
            }

            Assert.AreEqual(Discard, (int)machine.On(UpdateEvent.Corrupt, 0));
            Assert.AreEqual(Idle, (int)machine.State);
        }

        [TestMethod]
        public void Another_offer_counts_corruptions_from_zero()
        {
            UpdateMachine machine = In(Verifying);
            machine.On(UpdateEvent.Corrupt, 0);
            machine.On(UpdateEvent.Complete, 0);
            machine.On(UpdateEvent.Corrupt, 0);
            Reach(machine, Verifying);
            Assert.AreEqual(DownloadAgain, (int)machine.On(UpdateEvent.Corrupt, 0));
        }

        private static UpdateMachine In(int state)
        {
            UpdateMachine machine = new UpdateMachine();
            if (state == Trial)
            {
                machine.BeginTrial(0, 300000);
            }
            else if (state != Idle)
            {
                Reach(machine, state);
            }

            return machine;
        }

        /// <summary>Goes on with an offer on the way to Installing.</summary>
        private static void Reach(UpdateMachine machine, int state)
        {
            UpdateEvent[] way = { UpdateEvent.Offered, UpdateEvent.GatesOpen, UpdateEvent.Complete, UpdateEvent.Verified };
            for (int i = 0; i < way.Length && (i == 0 || (int)machine.State != state); i++)
            {
                machine.On(way[i], 0);
            }

            Assert.AreEqual(state, (int)machine.State);
        }
    }
}
