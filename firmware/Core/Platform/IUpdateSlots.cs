namespace Firmware.Platform
{
    /// <summary>
    /// The images of the application: the one that runs, the one to go back to, and a spare slot that takes a new one.
    /// The ideas are MCUboot's: an image is staged in a slot, tested by starting it once, and confirmed or reverted.
    /// An image that was not confirmed when the device starts again is reverted by the loader.
    /// </summary>
    public interface IUpdateSlots
    {
        /// <summary>Version of the image that runs, as in its manifest; null for the built-in one.</summary>
        string ImageVersion { get; }

        /// <summary>Version of the built-in application.</summary>
        string BuiltInVersion { get; }

        /// <summary>Number of the loader's contract, from 1.</summary>
        int LoaderVersion { get; }

        /// <summary>Version of the runtime, e.g. "1.9.0.0".</summary>
        string RuntimeVersion { get; }

        /// <summary>Whether the image that runs is on trial: <see cref="Confirm"/> keeps it.</summary>
        bool IsOnTrial { get; }

        /// <summary>Bytes that an image may have at most.</summary>
        int Capacity { get; }

        /// <summary>Version of an image whose trial has failed, until <see cref="ForgetFailure"/>; null: none.</summary>
        string FailedVersion { get; }

        /// <summary>Why its trial failed, in words; null: none.</summary>
        string FailedReason { get; }

        /// <summary>Bytes of an image in the spare slot; after a power cut some of the last write may be missing.</summary>
        int Staged { get; }

        /// <summary>What <see cref="Begin"/> was given for the spare slot.</summary>
        /// <returns>Null when the slot is empty.</returns>
        byte[] ReadOffer();

        /// <summary>Empties the spare slot and keeps what describes the image to come.</summary>
        /// <param name="offer">Manifest and signature, at most 4096 bytes.</param>
        /// <returns>False when it could not be written, or the image that runs is on trial.</returns>
        bool Begin(byte[] offer);

        /// <summary>Adds to the image in the spare slot.</summary>
        /// <param name="data">Holds the bytes, from its start.</param>
        /// <param name="count">How many.</param>
        /// <returns>False when they could not be written.</returns>
        bool Write(byte[] data, int count);

        /// <summary>Reads a part of the image in the spare slot.</summary>
        /// <param name="position">Where the part begins.</param>
        /// <param name="buffer">Receives it, from its start.</param>
        /// <returns>How many bytes were read.</returns>
        int Read(int position, byte[] buffer);

        /// <summary>Empties the spare slot. An image that is about to be tested is given up.</summary>
        /// <returns>False when that failed.</returns>
        bool Erase();

        /// <summary>Has the image in the spare slot started on trial at the next start. It must be whole and verified.</summary>
        /// <param name="version">Its version.</param>
        /// <param name="seconds">How long the trial may take: a device that hangs in it is restarted some time after.</param>
        /// <returns>False when that could not be written.</returns>
        bool Test(string version, int seconds);

        /// <summary>Keeps the image that runs on trial. True, too, when it is not on trial.</summary>
        /// <returns>False when that could not be written.</returns>
        bool Confirm();

        /// <summary>Has the image before this one started from the next start on; one that is on trial has failed then.</summary>
        /// <param name="reason">Why, for <see cref="FailedReason"/>.</param>
        /// <returns>False when there is none (the built-in one runs already), or it could not be written.</returns>
        bool Revert(string reason);

        /// <summary>How often the trial of a version has failed, of the last four versions that did.</summary>
        /// <param name="version">The version.</param>
        /// <returns>0 and more.</returns>
        int FailuresOf(string version);

        /// <summary>Deletes the record of the failure, once it was reported.</summary>
        /// <returns>False when that could not be written.</returns>
        bool ForgetFailure();
    }
}
