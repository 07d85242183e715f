using System;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>
    /// The image of one update on its way to the spare slot: what was offered, the block that is wanted, and what is on flash,
    /// which is read back and verified once more before it is started.
    /// </summary>
    internal sealed class UpdateTransfer
    {
        private readonly IUpdateSlots _slots;
        private readonly IKeyedDigest _digest;
        private readonly Counters _counters;
        private int _verified;

        internal UpdateTransfer(IUpdateSlots slots, IKeyedDigest digest, Counters counters)
        {
            _slots = slots;
            _digest = digest;
            _counters = counters;
        }

        /// <summary>What the image is to be; null when there is none.</summary>
        internal Manifest Manifest { get; private set; }

        /// <summary>Which block is wanted.</summary>
        internal BlockPull Pull { get; private set; }

        /// <summary>Takes up an offer that was judged: the spare slot is emptied.</summary>
        internal bool Begin(UpdateOffer offer, Manifest manifest)
        {
            Manifest = null;
            Pull = null;
            if (!_slots.Begin(offer.ToBytes()))
            {
                _counters.StorageFaults++;
                return false;
            }

            Manifest = manifest;
            Pull = new BlockPull(manifest.Size, 0);
            return true;
        }

        /// <summary>Takes up what an earlier run has begun; false when there is nothing of that version.</summary>
        internal bool Resume(string version)
        {
            UpdateOffer offer = UpdateOffer.Restore(_slots.ReadOffer());
            Manifest manifest = offer == null ? null : new ManifestReader().Read(offer.Manifest);
            if (manifest == null || manifest.Version.Text != version)
            {
                return false;
            }

            Manifest = manifest;
            Pull = new BlockPull(manifest.Size, _slots.Staged);
            return true;
        }

        /// <summary>Takes the wanted block.</summary>
        /// <returns>Whether it was right; it need not have been written for that.</returns>
        internal bool Take(byte[] block, long now)
        {
            if (block.Length != Pull.NextLength || !BlockDigest.Verify(_digest, Manifest, Pull.Next, block))
            {
                _counters.BadBlocks++;
                Pull.Refused(now);
                return false;
            }

            byte[] data = block;
            if (Pull.Tail > 0)
            {
                // A power cut has left the start of this block.
                data = new byte[block.Length - Pull.Tail];
                Array.Copy(block, Pull.Tail, data, 0, data.Length);
            }

            if (_slots.Write(data, data.Length))
            {
                Pull.Written(Pull.Staged + data.Length, now);
            }
            else
            {
                _counters.StorageFaults++;
                Pull.NotWritten(_slots.Staged, now);
            }

            return true;
        }

        /// <summary>Begins to verify what is on flash.</summary>
        internal void BeginVerify() => _verified = 0;

        /// <summary>Verifies one block on flash: a step is to stay short.</summary>
        /// <returns>What follows; <see cref="UpdateEvent.Tick"/> when there is more to verify.</returns>
        internal UpdateEvent VerifyNext()
        {
            byte[] block = new byte[Manifest.LengthOf(_verified)];
            if (_slots.Read(_verified * Manifest.BlockSize, block) != block.Length || !BlockDigest.Verify(_digest, Manifest, _verified, block))
            {
                return UpdateEvent.Damaged;
            }

            _verified++;
            return _verified < Pull.Count ? UpdateEvent.Tick : _slots.Staged == Manifest.Size ? UpdateEvent.Verified : UpdateEvent.Damaged;
        }

        /// <summary>Throws away what is on flash.</summary>
        internal void Drop()
        {
            _counters.StorageFaults += _slots.Erase() ? 0 : 1;
            Manifest = null;
            Pull = null;
        }

        /// <summary>Throws away what is on flash, to fetch the same image again.</summary>
        /// <returns>False when flash does not take it.</returns>
        internal bool BeginAnew()
        {
            byte[] offer = _slots.ReadOffer();
            if (offer == null || !_slots.Begin(offer))
            {
                _counters.StorageFaults++;
                return false;
            }

            Pull = new BlockPull(Manifest.Size, 0);
            return true;
        }
    }
}
