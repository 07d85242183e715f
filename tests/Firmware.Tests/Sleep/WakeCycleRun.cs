using Firmware.Connectivity;
using Firmware.Sleep;

namespace Firmware.Tests.Sleep
{
    /// <summary>A wake with a random network, broker and clients, and what of its promises it broke.</summary>
    internal sealed class WakeCycleRun
    {
        private const long Cap = 30000;
        private const int MaxSteps = 20000;

        private readonly Jitter _jitter;
        private readonly AwakeLocks _locks = new AwakeLocks();
        private readonly WakeCycle _cycle;
        private readonly int _hurry;
        private long _now;
        private long _latest = Cap;
        private int _unacknowledged;
        private bool _isLinked;

        public WakeCycleRun(int seed)
        {
            _jitter = new Jitter(seed);
            _hurry = 1 + _jitter.Next(3000);
            _cycle = new WakeCycle(_locks, 0, Cap, 1000);
        }

        /// <summary>Runs to the end.</summary>
        /// <returns>The first promise that was broken, or null.</returns>
        public string Run()
        {
            string broken = null;
            for (int i = 0; i < MaxSteps && broken == null; i++)
            {
                broken = Step();
                if (_cycle.State == WakeState.Asleep)
                {
                    return broken;
                }
            }

            return broken ?? "it does not end";
        }

        private string Step()
        {
            long due = _cycle.Deadline;
            _now += _jitter.Next(_hurry);
            _latest = _cycle.CapAt > _latest ? _cycle.CapAt : _latest;
            if (_now >= due)
            {
                _now = due > _now - _hurry ? due : _now;
                return On(WakeEvent.Tick);
            }

            if (_cycle.State == WakeState.Measuring)
            {
                return On(_jitter.Next(9) == 0 ? WakeEvent.RadioNotNeeded : WakeEvent.RadioNeeded);
            }

            return _isLinked ? StepOnline() : StepOffline();
        }

        private string StepOffline()
        {
            if (_jitter.Next(3) != 0)
            {
                return On(WakeEvent.Lost);
            }

            _isLinked = true;
            string broken = On(WakeEvent.Online);
            return broken ?? On(_unacknowledged > 0 ? WakeEvent.Waiting : WakeEvent.Drained);
        }

        private string StepOnline()
        {
            switch (_jitter.Next(12))
            {
                case 0:
                    _unacknowledged++;
                    return On(WakeEvent.Waiting);
                case 1:
                    return On(WakeEvent.Message);
                case 2:
                    return On(WakeEvent.EndOfQueue);
                case 3:
                    AwakeHold hold = _jitter.Next(3) < 2 ? AwakeHold.WithinCap : AwakeHold.Trial;
                    _locks.Held = _jitter.Next(2) == 0 ? _locks.Held | hold : _locks.Held & ~hold;
                    return On(WakeEvent.Tick);
                case 4:
                    _locks.StaysUntil = _jitter.Next(9) == 0 ? _now + _jitter.Next(1000000) : 0;
                    return On(WakeEvent.Tick);
                case 5:
                    _isLinked = _jitter.Next(5) != 0;
                    return _isLinked ? null : On(WakeEvent.Lost);
                case 6:
                    return _cycle.State == WakeState.Announcing ? On(WakeEvent.Announced) : null;
                default:
                    return Acknowledge();
            }
        }

        private string Acknowledge()
        {
            if (_unacknowledged == 0)
            {
                return On(WakeEvent.Drained);
            }

            _unacknowledged--;
            string broken = On(WakeEvent.Acknowledged);
            return broken ?? On(_unacknowledged > 0 ? WakeEvent.Waiting : WakeEvent.Drained);
        }

        private string On(WakeEvent e)
        {
            WakeState before = _cycle.State;
            WakeAction action = _cycle.On(e, _now);
            if ((before != _cycle.State) != (action != WakeAction.None))
            {
                return "an action without a change, or a change without an action";
            }

            if (_now > _latest + WakeCycle.AnnounceTimeout)
            {
                return "awake after the cap";
            }

            return _cycle.State == WakeState.Asleep ? Asleep() : null;
        }

        private string Asleep()
        {
            bool isForced = !_isLinked || _now >= _cycle.CapAt;
            if (!isForced && _unacknowledged > 0)
            {
                return "asleep with a message unacknowledged";
            }

            return !isForced && _locks.IsHeld(_now) ? "asleep though a lock is held" : null;
        }
    }
}
