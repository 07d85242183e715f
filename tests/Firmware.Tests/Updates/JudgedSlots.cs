using System;
using Firmware.Platform;

namespace Firmware.Tests.Updates
{
    /// <summary>Slots that are only asked what runs: a judge has no effect.</summary>
    internal sealed class JudgedSlots : IUpdateSlots
    {
        public string ImageVersion { get; set; }

        public string BuiltInVersion { get; set; } = "0.1.0";

        public int LoaderVersion { get; set; } = 1;

        public string RuntimeVersion { get; set; } = "1.9.0.0";

        public bool IsOnTrial => false;

        public int Capacity { get; set; } = 100000;

        public string FailedVersion => null;

        public string FailedReason => null;

        public int Staged => 0;

        /// <summary>The version whose trials failed, and how often.</summary>
        public string BarredVersion { get; set; }

        public int Failures { get; set; }

        public byte[] ReadOffer() => throw new InvalidOperationException();

        public bool Begin(byte[] offer) => throw new InvalidOperationException();

        public bool Write(byte[] data, int count) => throw new InvalidOperationException();

        public int Read(int position, byte[] buffer) => throw new InvalidOperationException();

        public bool Erase() => throw new InvalidOperationException();

        public bool Test(string version, int seconds) => throw new InvalidOperationException();

        public bool Confirm() => throw new InvalidOperationException();

        public bool Revert(string reason) => throw new InvalidOperationException();

        public int FailuresOf(string version) => version == BarredVersion ? Failures : 0;

        public bool ForgetFailure() => throw new InvalidOperationException();
    }
}
