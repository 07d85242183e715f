using System;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>
    /// The image of one update on its way into the spare slot: which block is requested when, what is on flash, and its
    /// verification before the start. One block is requested at a time. Without a response it is requested again after 10 s,
    /// later after up to 60 s; after a bad block after 1 s, later after up to 64 s: a flood of wrong blocks delays an update,
    /// but does not keep the device busy.
    /// </summary>
    public sealed class ImageDownload
    {
        private const long FirstTimeout = 10000;
        private const long LongestTimeout = 60000;
        private const int MaxDoublings = 3;
        private const long BadPause = 1000;
        private const int MaxBadDoublings = 6;
        private const int MaxUnwritten = 5;

        private readonly IUpdateSlots _slots;
        private readonly IKeyedDigest _digest;
        private readonly Counters _counters;
        private int _staged;
        private int _verified;
        private int _unwritten;
        private bool _isRequested;

        /// <summary>Creates a download that has nothing to do.</summary>
        /// <param name="slots">Take the image.</param>
        /// <param name="digest">HMAC-SHA256.</param>
        /// <param name="counters">Counts bad blocks and failed writes.</param>
        public ImageDownload(IUpdateSlots slots, IKeyedDigest digest, Counters counters)
        {
            _slots = slots;
            _digest = digest;
            _counters = counters;
        }

        /// <summary>Describes the image; null without a download.</summary>
        public Manifest Manifest;

        /// <summary>The block that is wanted, from 0.</summary>
        public int Next => _staged / Manifest.BlockSize;

        /// <summary>Bytes of the wanted block that a failed write or a power cut left on flash.</summary>
        public int Tail => _staged % Manifest.BlockSize;

        /// <summary>Whether the whole image is on flash.</summary>
        public bool IsComplete => _staged >= Manifest.Size;

        /// <summary>Blocks on flash, the last one included.</summary>
        public int Done => IsComplete ? Manifest.BlockCount : Next;

        /// <summary>How often the wanted block was bad.</summary>
        public int Bad;

        /// <summary>How many requests in a row had no response.</summary>
        public int Unanswered;

        /// <summary>Uptime in milliseconds at which the wanted block is requested.</summary>
        public long DueAt;

        /// <summary>Empties the spare slot for an image.</summary>
        /// <param name="offer">What the slot keeps beside the image.</param>
        /// <param name="manifest">The offer's manifest, verified.</param>
        /// <returns><see cref="DownloadResult.Ready"/> or <see cref="DownloadResult.FlashFailed"/>.</returns>
        public DownloadResult Begin(UpdateOffer offer, Manifest manifest)
        {
            Manifest = null;
            return Empty(offer.ToBytes(), manifest);
        }

        /// <summary>Continues what an earlier run has begun.</summary>
        /// <param name="version">Version of the image.</param>
        /// <returns><see cref="DownloadResult.Ready"/>, or <see cref="DownloadResult.Missing"/> when there is nothing of that version.</returns>
        public DownloadResult Resume(string version)
        {
            UpdateOffer offer = UpdateOffer.Restore(_slots.ReadOffer());
            Manifest manifest = offer == null ? null : new ManifestReader().Read(offer.Manifest);
            if (manifest == null || manifest.Version.Text != version)
            {
                return DownloadResult.Missing;
            }

            Use(manifest, _slots.Staged);
            return DownloadResult.Ready;
        }

        /// <summary>Empties the spare slot to download the same image again.</summary>
        /// <returns><see cref="DownloadResult.Ready"/> or <see cref="DownloadResult.FlashFailed"/>.</returns>
        public DownloadResult Restart() => Empty(_slots.ReadOffer(), Manifest);

        /// <summary>Empties the spare slot; nothing is downloaded any more.</summary>
        public void Discard()
        {
            _counters.StorageFaults += _slots.Erase() ? 0 : 1;
            Manifest = null;
        }

        /// <summary>The wanted block was requested.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Requested(long now)
        {
            Unanswered += _isRequested ? 1 : 0;
            _isRequested = true;
            long timeout = FirstTimeout << (Unanswered < MaxDoublings ? Unanswered : MaxDoublings);
            DueAt = now + (timeout < LongestTimeout ? timeout : LongestTimeout);
        }

        /// <summary>The device is connected again: what was requested before has no response.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Reconnected(long now)
        {
            _isRequested = false;
            Unanswered = 0;
            DueAt = Bad == 0 || DueAt < now ? now : DueAt;
        }

        /// <summary>Verifies and writes the wanted block.</summary>
        /// <param name="block">What came for it.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>The result of this block.</returns>
        public DownloadResult Take(byte[] block, long now)
        {
            if (!Manifest.Matches(_digest, Next, block))
            {
                _counters.BadBlocks++;
                Reject(now);
                return DownloadResult.Bad;
            }

            int tail = Tail;
            byte[] data = block;
            if (tail > 0)
            {
                data = new byte[block.Length - tail];
                Array.Copy(block, tail, data, 0, data.Length);
            }

            _isRequested = false;
            if (!_slots.Write(data, data.Length))
            {
                _counters.StorageFaults++;
                _staged = _slots.Staged;
                DueAt = now + FirstTimeout;
                return IsComplete ? DownloadResult.Complete
                    : ++_unwritten < MaxUnwritten ? DownloadResult.NotWritten
                    : DownloadResult.FlashFailed;
            }

            _staged += data.Length;
            DueAt = now;
            _unwritten = 0;
            Bad = 0;
            Unanswered = 0;
            return IsComplete ? DownloadResult.Complete : DownloadResult.Written;
        }

        /// <summary>Begins to verify what is on flash.</summary>
        public void BeginVerification() => _verified = 0;

        /// <summary>Verifies one block on flash, to keep a step short.</summary>
        /// <returns><see cref="UpdateEvent.Tick"/> when there are more; else <see cref="UpdateEvent.Verified"/> or <see cref="UpdateEvent.Corrupt"/>.</returns>
        public UpdateEvent VerifyNext()
        {
            byte[] block = new byte[Manifest.LengthOf(_verified)];
            if (_slots.Read(_verified * Manifest.BlockSize, block) != block.Length || !Manifest.Matches(_digest, _verified, block))
            {
                return UpdateEvent.Corrupt;
            }

            _verified++;
            return _verified < Manifest.BlockCount ? UpdateEvent.Tick
                : _slots.Staged == Manifest.Size ? UpdateEvent.Verified
                : UpdateEvent.Corrupt;
        }

        private DownloadResult Empty(byte[] offer, Manifest manifest)
        {
            if (offer == null || !_slots.Begin(offer))
            {
                _counters.StorageFaults++;
                return DownloadResult.FlashFailed;
            }

            Use(manifest, 0);
            return DownloadResult.Ready;
        }

        private void Use(Manifest manifest, int staged)
        {
            Manifest = manifest;
            _staged = staged;
            _unwritten = 0;
            DueAt = 0;
            _isRequested = false;
            Bad = 0;
            Unanswered = 0;
        }

        // Blocks that were not requested do not delay the next request, however many there are.
        private void Reject(long now)
        {
            if (_isRequested)
            {
                _isRequested = false;
                Unanswered = 0;
                DueAt = now + (BadPause << (Bad < MaxBadDoublings ? Bad : MaxBadDoublings));
                Bad++;
            }
        }
    }
}
