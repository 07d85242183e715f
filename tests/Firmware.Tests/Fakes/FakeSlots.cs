using System;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>
    /// Slots in memory: they outlive the devices that write them, and <see cref="Boot"/> does what the loader does at a
    /// start. They can be made to fail.
    /// </summary>
    public sealed class FakeSlots : IUpdateSlots
    {
        private byte[] _offer;
        private byte[] _image = new byte[0];
        private string _tested;
        private string _before; // version of the image before the one on trial
        private string _failed; // version of an image that was reverted while on trial
        private bool _isReverted;

        public string ImageVersion { get; set; }

        public string BuiltInVersion => "0.1.0";

        public int LoaderVersion => 1;

        public string RuntimeVersion => "1.9.0.0";

        public bool IsOnTrial { get; set; }

        public int Capacity => 100000;

        public string FailedVersion { get; set; }

        public string FailedReason { get; set; }

        public int Staged => _image.Length;

        /// <summary>Whether Begin fails.</summary>
        public bool BeginFails { get; set; }

        /// <summary>How many of the next writes fail.</summary>
        public int WriteFaults { get; set; }

        /// <summary>How many bytes a write that fails leaves all the same.</summary>
        public int WriteKeeps { get; set; }

        /// <summary>Whether Test fails.</summary>
        public bool TestFails { get; set; }

        /// <summary>How many of the next confirmations fail.</summary>
        public int ConfirmFaults { get; set; }

        /// <summary>How many of the next calls of ForgetFailure fail.</summary>
        public int ForgetFaults { get; set; }

        /// <summary>How often the trial of any version has failed.</summary>
        public int Failures { get; set; }

        public int Begins { get; private set; }

        public int Erases { get; private set; }

        public int Writes { get; private set; }

        public int Confirms { get; private set; }

        public int Reverts { get; private set; }

        /// <summary>How often an offer was judged so far that its signature may have been looked at.</summary>
        public int Judged { get; private set; }

        /// <summary>What Test was given, e.g. "0.2.0 300"; null before.</summary>
        public string Tested { get; private set; }

        /// <summary>The image that Test was given last.</summary>
        public byte[] TestedImage { get; private set; }

        /// <summary>Whether the spare slot has an offer.</summary>
        public bool HasOffer => _offer != null;

        /// <summary>The next start: what was tested starts on trial, and a trial that was not confirmed has failed.</summary>
        public void Boot()
        {
            if (IsOnTrial)
            {
                Fail("it did not last");
            }
            else if (_isReverted)
            {
                ImageVersion = _before;
                FailedVersion = _failed ?? FailedVersion;
            }
            else if (_tested != null)
            {
                _before = ImageVersion;
                ImageVersion = _tested;
                IsOnTrial = true;
            }

            _tested = null;
            _failed = null;
            _isReverted = false;
        }

        public byte[] ReadOffer() => _offer;

        public bool Begin(byte[] offer)
        {
            if (BeginFails || IsOnTrial || offer.Length > 4096)
            {
                return false;
            }

            Begins++;
            _offer = offer;
            _image = new byte[0];
            return true;
        }

        public bool Write(byte[] data, int count)
        {
            Writes++;
            bool fails = WriteFaults > 0;
            WriteFaults -= fails ? 1 : 0;
            int kept = fails && WriteKeeps < count ? WriteKeeps : count;
            byte[] after = new byte[_image.Length + kept];
            Array.Copy(_image, after, _image.Length);
            Array.Copy(data, 0, after, _image.Length, kept);
            _image = after;
            return !fails;
        }

        public int Read(int position, byte[] buffer)
        {
            int count = _image.Length - position < buffer.Length ? _image.Length - position : buffer.Length;
            if (count > 0)
            {
                Array.Copy(_image, position, buffer, 0, count);
            }

            return count < 0 ? 0 : count;
        }

        public bool Erase()
        {
            Erases++;
            _offer = null;
            _image = new byte[0];
            _tested = null;
            return true;
        }

        public bool Test(string version, int seconds)
        {
            if (!TestFails)
            {
                _tested = version;
                Tested = version + " " + seconds;
                TestedImage = _image;
            }

            return !TestFails;
        }

        public bool Confirm()
        {
            Confirms++;
            bool fails = ConfirmFaults > 0;
            ConfirmFaults -= fails ? 1 : 0;
            IsOnTrial = IsOnTrial && fails;
            return !fails;
        }

        public bool Revert(string reason)
        {
            if (ImageVersion == null)
            {
                return false;
            }

            Reverts++;
            _isReverted = true;
            if (IsOnTrial)
            {
                IsOnTrial = false;
                _failed = ImageVersion;
                FailedReason = reason;
                Failures++;
            }

            return true;
        }

        public int FailuresOf(string version)
        {
            Judged++;
            return Failures;
        }

        public bool ForgetFailure()
        {
            bool fails = ForgetFaults > 0;
            ForgetFaults -= fails ? 1 : 0;
            if (!fails)
            {
                FailedVersion = null;
                FailedReason = null;
            }

            return !fails;
        }

        /// <summary>Leaves only the start of the image, as a write that a power cut tore.</summary>
        public void Tear(int length)
        {
            byte[] rest = new byte[length];
            Array.Copy(_image, rest, length);
            _image = rest;
        }

        /// <summary>Flips the bits of a byte of the image.</summary>
        public void Damage(int at) => _image[at] ^= 0xFF;

        private void Fail(string reason)
        {
            IsOnTrial = false;
            FailedVersion = ImageVersion;
            FailedReason = reason;
            Failures++;
            ImageVersion = _before;
        }
    }
}
