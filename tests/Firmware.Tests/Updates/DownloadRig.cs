using Firmware.Json;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using Firmware.Updates;

namespace Firmware.Tests.Updates
{
    /// <summary>A download of an image whose digests are all zero, with a digest that the test decides.</summary>
    internal sealed class DownloadRig : IKeyedDigest
    {
        private readonly int _size;
        private bool _isBad;

        /// <summary>A download that some bytes are on flash of.</summary>
        internal DownloadRig(int size, int staged)
        {
            _size = size;
            Slots.Begin(Offers.Of(Manifest(size), SignedManifests.Short).ToBytes());
            Slots.Write(new byte[staged], staged);
            Download = new ImageDownload(Slots, this, Counters);
            Download.Resume("0.2.0");
        }

        internal FakeSlots Slots { get; } = new FakeSlots();

        internal Counters Counters { get; } = new Counters();

        internal ImageDownload Download { get; }

        /// <summary>Length of the wanted block.</summary>
        internal int NextLength => Download.Manifest.LengthOf(Download.Next);

        /// <summary>Sends the wanted block.</summary>
        internal DownloadResult Serve(long now) => Download.Take(new byte[NextLength], now);

        /// <summary>Sends a bad block.</summary>
        internal DownloadResult ServeBad(long now)
        {
            _isBad = true;
            DownloadResult result = Serve(now);
            _isBad = false;
            return result;
        }

        byte[] IKeyedDigest.HmacSha256(byte[] key, byte[] data)
        {
            byte[] digest = new byte[32];
            digest[0] = (byte)(_isBad ? 1 : 0);
            return digest;
        }

        private static string Manifest(int size)
        {
            int length = (size + 4095) / 4096 * 32;
            string digests = new string('A', (length + 2) / 3 * 4);
            digests = digests.Substring(0, digests.Length - ((3 - (length % 3)) % 3)) + new string('=', (3 - (length % 3)) % 3);
            return SignedManifests.Manifest.Substring(0, SignedManifests.Manifest.IndexOf("\"size\"")) +
                "\"size\":" + size + ",\"blockSize\":4096,\"digests\":\"" + digests + "\"}";
        }
    }
}
