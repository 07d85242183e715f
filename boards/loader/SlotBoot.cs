namespace Boards.Loader
{
    /// <summary>
    /// Decides at a start which image is to run. It only reads and writes files: the caller loads the image. A trial is
    /// marked as begun before its image is started, so a start that finds one begun knows that it came to nothing.
    /// After a power cut at any point the next start finds a whole image.
    /// </summary>
    public sealed class SlotBoot
    {
        private const string Unconfirmed = "not confirmed before the next start";
        private const string NotWhole = "its bundle is missing or damaged";

        private readonly SlotFiles _files;
        private readonly long _builtIn;

        private SlotRecord _record;

        /// <summary>Creates the decision for one start.</summary>
        /// <param name="files">Where slots and record are.</param>
        /// <param name="builtInVersion">Version of the application in the deployment, "x.y.z".</param>
        public SlotBoot(SlotFiles files, string builtInVersion)
        {
            _files = files;
            _builtIn = ImageVersion.Parse(builtInVersion);
        }

        /// <summary>The slot whose image is to run; <see cref="Slots.BuiltIn"/> for the built-in one.</summary>
        public int Slot { get; private set; }

        /// <summary>Whether it is on trial.</summary>
        public bool IsTrial { get; private set; }

        /// <summary>How long its trial may take, in seconds.</summary>
        public long TrialSeconds { get; private set; }

        /// <summary>What its bundle holds; null for the built-in one.</summary>
        public BundleIndex Index { get; private set; }

        /// <summary>Decides, and writes down what must not be forgotten.</summary>
        /// <returns>The slot to start; <see cref="Slots.BuiltIn"/> for the built-in image.</returns>
        public int Choose()
        {
            _record = SlotRecord.Read(_files);
            bool isChanged = DropWhatADeploymentReplaced();
            if (_record.IsBegun)
            {
                _record.FailTrial(Unconfirmed);
                isChanged = true;
            }

            if (_record.IsBuiltInOnce)
            {
                _record.IsBuiltInOnce = false;
                Save();
                return Slot;
            }

            if (_record.Test != Slots.BuiltIn)
            {
                if (BeginTrial())
                {
                    return Slot;
                }

                isChanged = true;
            }

            TakeConfirmed(isChanged);
            return Slot;
        }

        /// <summary>The image that was chosen cannot be loaded: it is not tried again.</summary>
        /// <param name="reason">Why.</param>
        /// <returns>False when that could not be written: another start would choose it again, so the built-in image must go on.</returns>
        public bool LoadFailed(string reason)
        {
            if (IsTrial)
            {
                _record.FailTrial(reason);
            }
            else
            {
                GiveUpConfirmed(reason);
            }

            return Save();
        }

        /// <summary>The program of the image that was chosen has ended, which it never should.</summary>
        /// <param name="reason">Why.</param>
        /// <returns>False when that could not be written: another start would choose it again, so the built-in image must go on.</returns>
        public bool Stopped(string reason)
        {
            // What the image wrote in the meantime counts.
            _record = SlotRecord.Read(_files);
            if (_record.IsBegun && _record.Test == Slot)
            {
                _record.FailTrial(reason);
            }
            else if (_record.Confirmed == Slot)
            {
                _record.IsBuiltInOnce = true;
            }

            return Save();
        }

        // Another built-in application was flashed by cable: that one must run.
        private bool DropWhatADeploymentReplaced()
        {
            if (_record.BuiltIn == _builtIn)
            {
                return false;
            }

            bool hasImages = _record.Confirmed != Slots.BuiltIn || _record.Test != Slots.BuiltIn || _record.Staging != Slots.BuiltIn;
            _record.Confirmed = Slots.BuiltIn;
            _record.Previous = Slots.BuiltIn;
            _record.Test = Slots.BuiltIn;
            _record.Staging = Slots.BuiltIn;
            _record.IsBegun = false;
            _record.IsBuiltInOnce = false;
            return hasImages;
        }

        private bool BeginTrial()
        {
            int slot = _record.Test;
            BundleIndex index = BundleIndex.Read(_files, Slots.Bundle(slot));
            if (index == null)
            {
                _record.FailTrial(NotWhole);
                return false;
            }

            int staging = _record.Staging;
            _record.IsBegun = true;
            _record.Staging = Slots.BuiltIn;
            if (!Save())
            {
                // A trial that is not marked would be tried at each start.
                _record.IsBegun = false;
                _record.Staging = staging;
                return false;
            }

            Take(slot, index);
            IsTrial = true;
            TrialSeconds = _record.TrialSeconds;
            return true;
        }

        private void TakeConfirmed(bool isChanged)
        {
            while (_record.Confirmed != Slots.BuiltIn)
            {
                BundleIndex index = BundleIndex.Read(_files, Slots.Bundle(_record.Confirmed));
                if (index != null)
                {
                    Take(_record.Confirmed, index);
                    break;
                }

                GiveUpConfirmed(NotWhole);
                isChanged = true;
            }

            if (isChanged)
            {
                // Without it the next start comes to the same end.
                Save();
            }
        }

        private void GiveUpConfirmed(string reason)
        {
            _record.Fail(_record.Confirmed, reason);
            _record.Confirmed = _record.Previous;
            _record.Previous = Slots.BuiltIn;
        }

        private void Take(int slot, BundleIndex index)
        {
            Slot = slot;
            Index = index;
        }

        private bool Save()
        {
            _record.BuiltIn = _builtIn;
            return _record.Write(_files);
        }
    }
}
