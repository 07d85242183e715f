using System.Text;
using Firmware.Cryptography;
using Firmware.Platform;
using Firmware.Updates;

namespace Firmware.Tests.Fakes
{
    /// <summary>
    /// A signed release for the board "test-board". The key exists for these tests only; its private half was thrown away.
    /// </summary>
    public sealed class Release
    {
        /// <summary>Version 0.2.0: two and a half blocks.</summary>
        public static readonly Release Two = new Release(
            "0.2.0",
            10240,
            7,
            "vZpeIEmiZnfj25ukoEGmtLYNTpQ6xWuFpd2Yr9rjV84LHBFRlDjm9qwc4yGnnmXLCHHWo45Pbn1hkj69Ws9rrGf+al35Rfh/5o67dv0u8srprMiFACUfnPrzy1p5ffvM",
            "RKjHfmWXMR4bj+UD7xaLbS5Cwb296D1U5EbLV+Bdk2rOiE/B1AMDKHS10XW/VLzbTHs9K+O6QapaIPBBkpjosDi+tCGZPlMXhmOe75aoyCfGECtaVnyWdgYHb1lI0pAd" +
            "3t4F2wHDYL6R+sgXMaHcXS0EucKcZhUoNzX8FFavBeX690l9Ishec0e9+aRv3MohhC1tJRytgE8Jq+qCOeQcbMq67MS8S3Z6KYQlCDbUNZL72bozh0NXVxA6nZhJp9uQ" +
            "S7bbxNNn/OmiXJ56vKjBULteekqWR5QXXod7KjD8mH4zKxYEXrF8HF/mvKooLs7JWtnpejMwBXIYlHMJ51Lx2A==");

        /// <summary>Version 0.3.0: two whole blocks.</summary>
        public static readonly Release Three = new Release(
            "0.3.0",
            8192,
            11,
            "VO35/hIYHHao5eQS19y+ovY6wJihhCJccklj3qoulX49Me7lCUtF4QhrZk+eA/1HplA+7AujTbit+nUyBiwzZw==",
            "RxA84KChczrwWh2/XlRkNpeaM40jX11hf5ucZSB5Yj6D9sxdyZZXuY+q0Lz9g8aAgyZaLrkAnIgX/ZmHV6k9R2zY8dPs1jDErJbf4occ5zv/tFZCEwNeAjwMaPdND8ip" +
            "4oB6pRMjUXUMgwFgzl3EcF1xMUEqfqOHYoMbar2KsWvmSvHP/9Sgu3pURBbV73CItxkA+edKsL4umPjqC7H9zd6Jt8TpjiWpLmn02tId4pWDVTNvAswSdOqLg520Tjkx" +
            "wyMZetbFHYSiiPaXf1cMhWe8lZMvhl2h7dlztdF2XpvqgbaaHEtIlLzotGgBHV162ohvlk+11xOY/l8tLRnG2g==");

        private const string Modulus =
            "xgiTKv3lJ0OVMGVvFnBuYPwsphjjJ+J/XlRmqHdsyNSHlWTE1feUCq5SLFb8QlD8JdvcLZVczmNggLtj0sknCRSxdSZoOvd7HIhR0zi75TvgEj7EH61YiHxmFMXPzMrI" +
            "MvW0QZqgq+ZVmxCzWXYHKFaUjLY2V/jy9NmZzpaoZQ9oOATQkMulCVnlCRfxLv1/GXU5ZfqryPQnmEDe+uUDPwvgMCzxALo4EtB6ol3yEx0Jl7yKZRrhWs30SVbsuP1w" +
            "eJhlWI9kloThpouAgGbmxZHcXfieVwv2VCJTNfFlhOuEt3hsnRDo1si852V6ATBB3qm8/oCzh1j5Y1KhBmdu7w==";

        private readonly int _size;
        private readonly int _step;

        private Release(string version, int size, int step, string digests, string signature)
            : this(version, size, step, signature)
        {
            Manifest = "{'product':'m2m','board':'test-board','version':'" + version + "','loader':1,'runtime':'1.9.0','size':" + size +
                ",'blockSize':4096,'digests':'" + digests + "'}";
        }

        private Release(string version, int size, int step, string signature)
        {
            Version = version;
            Signature = signature;
            _size = size;
            _step = step;
        }

        public static RsaKey Key => new RsaKey(Base64.Decode(Utf8.Bytes(Modulus)), 3);

        public string Version { get; }

        /// <summary>Written with ' for ".</summary>
        public string Manifest { get; private set; }

        /// <summary>In Base 64.</summary>
        public string Signature { get; }

        /// <summary>How many blocks the image has.</summary>
        public int Count => (_size + 4095) / 4096;

        /// <summary>As the params of <c>update.offer</c> and in a retained message, with ' for ".</summary>
        public string Offer => "{" + Members + "}";

        /// <summary>The members of <see cref="Offer"/>.</summary>
        public string Members
        {
            get
            {
                StringBuilder text = new StringBuilder("'manifest':'");
                char[] manifest = Manifest.ToCharArray();
                for (int i = 0; i < manifest.Length; i++)
                {
                    text.Append(manifest[i] == '\'' ? "\\'" : new string(manifest[i], 1));
                }

                return text.Append("','signature':'" + Signature + "'").ToString();
            }
        }

        /// <summary>The same with another text in its manifest, which nobody has signed.</summary>
        public Release With(string text, string other)
        {
            int at = Manifest.IndexOf(text);
            return new Release(Version, _size, _step, Signature)
            {
                Manifest = Manifest.Substring(0, at) + other + Manifest.Substring(at + text.Length),
            };
        }

        /// <summary>The same with a signature that is not valid.</summary>
        public Release Forged() => new Release(Version, _size, _step, "A" + Signature.Substring(1)) { Manifest = Manifest };

        /// <summary>A block of the image: byte i of the image is i * step + i / 256.</summary>
        public byte[] Block(int number)
        {
            int from = number * 4096;
            byte[] block = new byte[_size - from < 4096 ? _size - from : 4096];
            for (int i = 0; i < block.Length; i++)
            {
                block[i] = (byte)(((from + i) * _step) + ((from + i) >> 8));
            }

            return block;
        }
    }
}
