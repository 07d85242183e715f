using Firmware.Connectivity;
using Firmware.Updates;

namespace Firmware.Tests.Updates
{
    /// <summary>An update to which random things happen, and what of its promises it broke.</summary>
    internal sealed class UpdateMachineRun
    {
        private const int Steps = 400;
        private const long TrialTime = 300000;

        private readonly Jitter _jitter;
        private readonly UpdateMachine _machine = new UpdateMachine();
        private readonly bool _isTrial;
        private UpdateEvent _last;
        private long _now;
        private bool _isHealthy;

        public UpdateMachineRun(int seed)
        {
            _jitter = new Jitter(seed);
            _isTrial = _jitter.Next(2) == 0;
            if (_isTrial)
            {
                _machine.BeginTrial(0, TrialTime);
            }
        }

        /// <summary>Runs for some steps.</summary>
        /// <returns>The first promise that was broken, or null.</returns>
        public string Run()
        {
            string broken = null;
            for (int i = 0; i < Steps && broken == null; i++)
            {
                _now += _jitter.Next(5000);
                broken = On((UpdateEvent)_jitter.Next((int)UpdateEvent.Tick)) ?? On(UpdateEvent.Tick);
            }

            return broken;
        }

        private string On(UpdateEvent e)
        {
            UpdateState before = _machine.State;
            _last = e;
            _isHealthy = _isHealthy || e == UpdateEvent.Healthy;
            UpdateAction action = _machine.On(e, _now);
            return JudgeAction(action, before) ?? JudgeState(before);
        }

        private string JudgeAction(UpdateAction action, UpdateState before)
        {
            switch (action)
            {
                case UpdateAction.Install:
                    return _last == UpdateEvent.Verified && before == UpdateState.Verifying ? null : "installed without being verified";
                case UpdateAction.Confirm:
                    return before == UpdateState.Trial && _isHealthy && _now < TrialTime ? null : "kept without being healthy, or too late";
                case UpdateAction.Revert:
                    return before == UpdateState.Trial && (_last == UpdateEvent.GivenUp || _now >= TrialTime) ? null : "given back too early";
                case UpdateAction.Download:
                    return before == UpdateState.Waiting ? null : "fetched though the gates are shut";
                default:
                    return null;
            }
        }

        private string JudgeState(UpdateState before)
        {
            bool isTrial = _machine.State == UpdateState.Trial;
            if (isTrial && (_last == UpdateEvent.Tick) && _now >= TrialTime)
            {
                return "on trial after its end";
            }

            if (isTrial && !_isTrial)
            {
                return "on trial without a start";
            }

            bool isKept = before == UpdateState.Trial && _machine.State == UpdateState.Idle;
            return isKept && _last != UpdateEvent.Confirmed ? "kept though that was not written" : null;
        }
    }
}
