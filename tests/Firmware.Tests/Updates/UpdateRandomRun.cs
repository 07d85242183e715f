using Firmware.Connectivity;
using Firmware.Tests.Fakes;

namespace Firmware.Tests.Updates
{
    /// <summary>A whole device whose operator, servers, network, flash and power do random things, and what of its promises it broke.</summary>
    internal sealed class UpdateRandomRun
    {
        private const int Steps = 120;

        private readonly Jitter _jitter;
        private UpdateRig _rig;
        private bool _isOnline;

        public UpdateRandomRun(int seed)
        {
            _jitter = new Jitter(seed);
            _rig = UpdateRig.Online("{'interval':60,'mqtt':{'burst':1000,'rate':100},'update':{'delay':0,'trial':60}}");
            _isOnline = true;
        }

        /// <summary>How many images were tested.</summary>
        public int Tests { get; private set; }

        /// <summary>How many were kept.</summary>
        public int Kept { get; private set; }

        /// <summary>Runs for some steps.</summary>
        /// <returns>The first promise that was broken, or null.</returns>
        public string Run()
        {
            string broken = null;
            for (int i = 0; i < Steps && broken == null; i++)
            {
                byte[] tested = _rig.Slots.TestedImage;
                bool wasOnTrial = _rig.Slots.IsOnTrial;
                Step();
                broken = tested == _rig.Slots.TestedImage ? null : JudgeTest();
                Kept += wasOnTrial && !_rig.Slots.IsOnTrial && _rig.Slots.FailedVersion == null ? 1 : 0;
                broken = broken ?? (_rig.Rig.Device.Counters.Exceptions == 0 ? null : "an exception");
                if (_rig.Rig.Device.IsStopped)
                {
                    Restart();
                }
            }

            return broken;
        }

        private void Step()
        {
            int kind = _jitter.Next(23);
            if (!_isOnline && kind < 10)
            {
                _rig.Rig.Run(60000);
                Connect();
            }
            else if (kind < 12)
            {
                ServeWanted();
            }
            else if (kind < 17)
            {
                Disturb(kind);
            }
            else
            {
                Ask(kind);
            }
        }

        private void ServeWanted()
        {
            if (_rig.Gets > 0)
            {
                _rig.Serve(Any(), _rig.Wanted());
                _rig.Rig.Run(_jitter.Next(3) == 0 ? 11000 : 100);
            }
        }

        private void Disturb(int kind)
        {
            switch (kind)
            {
                case 12:
                    _rig.Serve("0.2.0", _jitter.Next(4), new byte[_jitter.Next(4097)]);
                    break;
                case 13:
                    _rig.Slots.WriteFaults = _jitter.Next(1);
                    _rig.Slots.WriteKeeps = _jitter.Next(4096);
                    break;
                case 14:
                    if (_rig.Slots.Staged > 0 && !_rig.Slots.IsOnTrial)
                    {
                        _rig.Slots.Damage(_jitter.Next(_rig.Slots.Staged - 1));
                    }

                    break;
                case 15:
                    _rig.Rig.LoseLink();
                    _isOnline = false;
                    break;
                default:
                    // The power goes, perhaps in the middle of a write.
                    if (!_rig.Slots.IsOnTrial)
                    {
                        _rig.Slots.Tear(_rig.Slots.Staged - _jitter.Next(_rig.Slots.Staged < 4096 ? _rig.Slots.Staged : 4096));
                    }

                    Restart();
                    break;
            }
        }

        private void Ask(int kind)
        {
            switch (kind)
            {
                case 17:
                    _rig.OfferToAll(Any());
                    break;
                case 18:
                    _rig.OfferToAll(Any().Forged());
                    break;
                case 19:
                case 20:
                    _rig.Offer(Any());
                    break;
                case 21:
                    _rig.Call(_jitter.Next(3) == 0 ? "update.cancel" : _jitter.Next(5) == 0 ? "update.revert" : "update.status");
                    break;
                default:
                    _rig.Rig.Run(_jitter.Next(40000));
                    break;
            }

            _rig.Rig.Run(100);
        }

        private Release Any() => _jitter.Next(4) == 0 ? Release.Three : Release.Two;

        private void Restart()
        {
            _rig = _rig.Restarted();
            _isOnline = false;
            if (_jitter.Next(3) > 0)
            {
                Connect();
            }
        }

        private void Connect()
        {
            _rig.Rig.GoOnline();
            _isOnline = _rig.Rig.Device.Connection.IsOnline;
        }

        private string JudgeTest()
        {
            Tests++;
            Release release = _rig.Slots.Tested.StartsWith("0.2.0 ") ? Release.Two : Release.Three;
            byte[] image = _rig.Slots.TestedImage;
            int at = 0;
            for (int n = 0; n < release.Count; n++)
            {
                byte[] block = release.Block(n);
                for (int i = 0; i < block.Length; i++, at++)
                {
                    if (at >= image.Length || image[at] != block[i])
                    {
                        return "tests what is not the image";
                    }
                }
            }

            return at == image.Length ? null : "tests more than the image";
        }
    }
}
