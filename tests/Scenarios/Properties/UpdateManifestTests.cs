using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using Firmware.Messaging;
using Firmware.Updates;
using Scenarios.Updates;

namespace Scenarios.Properties;

/// <summary>Manifests and offers from any client: none makes the device throw, and none but the signed one is accepted.</summary>
[TestClass]
public class UpdateManifestTests
{
    private const string Board = "esp32-devkitc";

    private static readonly UpdateSigner Signer = UpdateSigner.Generate(2048);

    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes(
        $$"""{"product":"m2m","board":"{{Board}}","version":"0.2.0","loader":1,"runtime":"1.9.0","size":100,"blockSize":4096,"digests":"{{Convert.ToBase64String(new byte[32])}}"}""");

    private static readonly string[] Fragments =
    [
        "\"product\":\"m2m\"", "\"board\":\"b\"", "\"board\":\"\"", "\"version\":\"1.2.3\"", "\"version\":\"01.2.3\"", "\"loader\":1", "\"loader\":1e99",
        "\"runtime\":\"1.9.0.0\"", "\"size\":1", "\"size\":-1", "\"size\":294912", "\"size\":4294967297", "\"blockSize\":4096", "\"digests\":\"AAAA\"",
        "\"digests\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "\"digests\":\"====\"", "\"notes\":\"\\ud83d\\ude00\"", "\"allowDowngrade\":true",
        "\"allowDowngrade\":0", "\"\":[[]]", "\"\\u0000\":1", "\"manifest\":\"{}\"", "\"manifest\":\"\\u0000\"", "\"signature\":\"AAAA\"", "\"signature\":null", "\"a\"", "\0",
    ];

    private static readonly Gen<byte[]> AnyObject = Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]).Array[0, 14]
        .Select(parts => Encoding.UTF8.GetBytes("{" + string.Join(',', parts) + "}"));

    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(Gen.Byte.Array[0, 300], AnyObject, Gen.Byte.Array[3000, 5000]);

    [TestMethod]
    public void No_text_makes_the_reader_throw() => AnyBytes.Sample(
        text =>
        {
            var reader = new ManifestReader();
            Manifest? manifest = reader.Read(text);
            return manifest == null ? reader.Fault.Length is > 0 and < 100 : reader.Fault == null;
        },
        iter: 20000);

    [TestMethod]
    public void No_message_makes_an_offer_throw() => AnyBytes.Sample(
        payload => UpdateOffer.Read(payload, out RpcError? error) == null == (error != null),
        iter: 20000);

    [TestMethod]
    public void No_bytes_of_the_flash_make_an_offer_throw() =>
        Gen.Select(Gen.Byte.Array[0, 4100], Gen.Int[0, 4100]).Sample(
            (stored, length) =>
            {
                if (stored.Length > 1)
                {
                    stored[0] = (byte)length;
                    stored[1] = (byte)(length >> 8);
                }

                UpdateOffer? offer = UpdateOffer.Restore(stored);
                return offer == null || offer.ToBytes().AsSpan().SequenceEqual(stored);
            },
            iter: 5000);

    [TestMethod]
    public void Every_manifest_within_the_limits_is_read_as_it_was_written() =>
        Gen.Select(Gen.Int[1, 294912], Gen.Int[0, 65535].Array[3], Gen.Int[1, 255], Gen.Bool, Gen.String[Gen.Char.AlphaNumeric, 0, 32]).Sample(
            (size, version, loader, downgrade, board) =>
            {
                board = board.Length == 0 ? "-" : board;
                string text = string.Join('.', version);
                byte[] digests = RandomNumberGenerator.GetBytes((size + 4095) / 4096 * 32);
                byte[] json = JsonSerializer.SerializeToUtf8Bytes(new { product = "m2m", board, version = text, loader, runtime = "1.9.0.0", size, blockSize = 4096, digests, allowDowngrade = downgrade });
                var reader = new ManifestReader();
                Manifest? manifest = reader.Read(json);
                Assert.IsNotNull(manifest, reader.Fault);
                Assert.AreEqual((size, text, loader, downgrade, board), (manifest.Size, manifest.Version.Text, manifest.Loader, manifest.AllowDowngrade, manifest.Board));
                CollectionAssert.AreEqual(digests, manifest.Digests);
                Assert.AreEqual(size, Enumerable.Range(0, manifest.BlockCount).Sum(manifest.LengthOf));
            },
            iter: 1000);

    [TestMethod]
    public void Longest_offer_fits_its_limits()
    {
        // What pack may write at most: 72 digests, and notes up to the limit; signed with 3072 bits.
        string manifest = JsonSerializer.Serialize(new { product = "m2m", board = new string('b', 32), version = "65535.65535.65535", loader = 255, runtime = "65535.65535.65535.65535", size = 294912, blockSize = 4096, digests = new byte[72 * 32], notes = "", allowDowngrade = true });
        manifest = manifest.Replace("\"notes\":\"", "\"notes\":\"" + new string('n', 3328 - manifest.Length), StringComparison.Ordinal);
        byte[] payload = Encoding.UTF8.GetBytes("{\"manifest\":\"" + JsonEncodedText.Encode(manifest, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\",\"signature\":\"" + Convert.ToBase64String(new byte[384]) + "\"}");
        UpdateOffer? offer = UpdateOffer.Read(payload, out RpcError? error);
        Assert.IsNotNull(offer, error?.Reason);
        Assert.IsNotNull(new ManifestReader().Read(offer.Manifest));
        Assert.IsTrue(offer.ToBytes().Length <= 4096);
    }

    [TestMethod]
    public void Every_bit_of_a_manifest_and_its_signature_counts()
    {
        byte[] signature = Signer.Sign(Manifest);
        var verifier = new ManifestVerifier([Signer.Key], Board, new EmptySlots());
        Assert.AreEqual(CheckReason.Accepted, verifier.Check(Offer(Manifest, signature)!).Reason);
        for (int bit = 0; bit < (Manifest.Length + signature.Length) * 8; bit++)
        {
            byte[] both = [.. Manifest, .. signature];
            both[bit / 8] ^= (byte)(1 << (bit % 8));
            ManifestCheck check = verifier.Check(Offer(both[..Manifest.Length], both[Manifest.Length..])!);
            Assert.AreNotEqual(CheckReason.Accepted, check.Reason, $"bit {bit}");
            Assert.IsNotNull(check.ToError(), $"bit {bit}");
        }
    }

    [TestMethod]
    public void Every_cut_manifest_is_refused()
    {
        byte[] signature = Signer.Sign(Manifest);
        var verifier = new ManifestVerifier([Signer.Key], Board, new EmptySlots());
        for (int length = 1; length < Manifest.Length; length++)
        {
            Assert.AreNotEqual(CheckReason.Accepted, verifier.Check(Offer(Manifest[..length], signature)!).Reason);
        }

        Assert.AreNotEqual(CheckReason.Accepted, verifier.Check(Offer([.. Manifest, (byte)' '], signature)!).Reason);
    }

    private static UpdateOffer? Offer(byte[] manifest, byte[] signature) =>
        UpdateOffer.Restore([(byte)manifest.Length, (byte)(manifest.Length >> 8), .. manifest, .. signature]);
}
