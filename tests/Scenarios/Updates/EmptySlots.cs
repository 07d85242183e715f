using Firmware.Platform;

namespace Scenarios.Updates;

/// <summary>Slots without an image, into which nothing may come: what does not have a valid signature must end before.</summary>
internal sealed class EmptySlots : IUpdateSlots
{
    public string? ImageVersion => null;

    public string BuiltInVersion => "0.1.0";

    public int LoaderVersion => 1;

    public string RuntimeVersion => "1.9.0.0";

    public bool IsOnTrial => false;

    public int Capacity => 294912;

    public string? FailedVersion => null;

    public string? FailedReason => null;

    public int Staged => 0;

    public byte[]? ReadOffer() => null;

    public bool Begin(byte[] offer) => throw new InvalidOperationException("nothing is signed");

    public bool Write(byte[] data, int count) => throw new InvalidOperationException("nothing is signed");

    public int Read(int position, byte[] buffer) => 0;

    public bool Erase() => true;

    public bool Test(string version, int seconds) => throw new InvalidOperationException("nothing is signed");

    public bool Confirm() => true;

    public bool Revert(string reason) => throw new InvalidOperationException("there is nothing to go back to");

    public int FailuresOf(string version) => 0;

    public bool ForgetFailure() => true;
}
