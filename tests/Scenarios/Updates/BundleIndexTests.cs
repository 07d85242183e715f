using Boards.Loader;
using CsCheck;

namespace Scenarios.Updates;

/// <summary>The header of a bundle: no field of it is trusted.</summary>
[TestClass]
public sealed class BundleIndexTests
{
    private static readonly byte[] Whole = BundleBytes.Of(
        BundleBytes.Entry,
        ("Firmware.Core", "0.2.0", [1, 2, 3]),
        ("Firmware", "0.2.1.7", [4, 5]),
        ("Boards.Some", "65535.65535.65535.65535", [6]));

    [TestMethod]
    public void A_whole_bundle_is_read_in_load_order()
    {
        BundleIndex index = Parse(Whole)!;

        Assert.AreEqual(BundleBytes.Entry, index.EntryType);
        Assert.AreEqual(3, index.Count);
        Assert.AreEqual("Firmware.Core 0.2.0.0, Firmware 0.2.1.7, Boards.Some 65535.65535.65535.65535", string.Join(", ", Items(index).Select(item => item.Name + " " + item.Version)));
        byte[][] contents = [.. Items(index).Select(item => Whole[item.Offset..(item.Offset + item.Length)])];
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, contents[0]);
        CollectionAssert.AreEqual(new byte[] { 4, 5 }, contents[1]);
        CollectionAssert.AreEqual(new byte[] { 6 }, contents[2]);
    }

    [TestMethod]
    public void The_longest_header_is_read()
    {
        string name = new('n', BundleIndex.MaxName);
        byte[] bundle = BundleBytes.Of(new string('e', BundleIndex.MaxEntryName), [.. Enumerable.Repeat((name, "1.0.0", new byte[] { 7 }), BundleIndex.MaxAssemblies)]);

        Assert.AreEqual(BundleIndex.MaxHeader + BundleIndex.MaxAssemblies, bundle.Length);
        Assert.AreEqual(BundleIndex.MaxAssemblies, BundleIndex.Parse(bundle[..BundleIndex.MaxHeader], bundle.Length)!.Count);
    }

    [TestMethod]
    public void A_bundle_that_is_cut_anywhere_or_goes_on_is_refused()
    {
        for (int length = 0; length < Whole.Length; length++)
        {
            Assert.IsNull(Parse(Whole[..length]), $"{length} bytes of {Whole.Length}");
        }

        Assert.IsNull(Parse([.. Whole, 0]));
        Assert.IsNull(BundleIndex.Parse(null, 0));
    }

    [TestMethod]
    public void Other_counts_formats_and_names_are_refused()
    {
        (string, string, byte[]) one = ("A", "1.0.0", [1]);

        Assert.IsNull(Parse(BundleBytes.Of("E")), "no assembly");
        Assert.IsNull(Parse(BundleBytes.Of("E", [.. Enumerable.Repeat(one, BundleIndex.MaxAssemblies + 1)])), "one too many");
        Assert.IsNull(Parse(BundleBytes.Of("", one)), "no entry");
        Assert.IsNull(Parse(BundleBytes.Of(new string('e', 97), one)), "a long entry");
        Assert.IsNull(Parse(BundleBytes.Of("E\n", one)), "a line feed");
        Assert.IsNull(Parse(BundleBytes.Of("E", ("", "1.0.0", [1]))), "no name");
        Assert.IsNull(Parse(BundleBytes.Of("E", (new string('a', 65), "1.0.0", [1]))), "a long name");
        Assert.IsNull(Parse(BundleBytes.Of("E", ("Ä", "1.0.0", [1]))), "a name that is not ASCII");
        Assert.IsNull(Parse(BundleBytes.Of("E", ("A", "1.0.0", []))), "an empty assembly");
        Assert.IsNull(Parse([.. "M2MC"u8, .. Whole[4..]]), "another magic");
        Assert.IsNull(Parse([.. Whole[..4], 2, .. Whole[5..]]), "another format");
    }

    [TestMethod]
    [DataRow(0xFFFFFFFFu)]
    [DataRow(0x80000000u)]
    [DataRow(0x7FFFFFFFu)]
    [DataRow(0xFFFFFFFEu)]
    public void Lengths_that_overflow_are_refused(uint length)
    {
        byte[] bundle = BundleBytes.Of("E", ("A", "1.0.0", [1, 1]), ("B", "1.0.0", [1, 1]));
        foreach (int at in new[] { 8, 8 + 14 })
        {
            byte[] hostile = [.. bundle];
            BitConverter.TryWriteBytes(hostile.AsSpan(at), length);
            Assert.IsNull(Parse(hostile));

            // Two lengths whose sum comes round to the right one.
            BitConverter.TryWriteBytes(hostile.AsSpan(at == 8 ? 22 : 8), unchecked(4 - length));
            Assert.IsNull(Parse(hostile));
        }
    }

    /// <summary>Whatever stands in a header, what comes out lies within the file, in order, and fills it.</summary>
    [TestMethod]
    public void No_header_makes_an_index_that_leaves_the_file() => Gen.Select(Gen.Int[0, 2], Gen.Byte.Array[0, 60], Gen.Int[0, 200], Gen.Int[0, Whole.Length - 1], Gen.Byte).Sample(
        (kind, noise, extra, at, value) =>
        {
            byte[] file = kind switch
            {
                0 => noise,
                1 => [.. "M2MB"u8, 1, .. noise],
                _ => [.. Whole[..at], value, .. Whole[(at + 1)..]],
            };
            BundleIndex? index = BundleIndex.Parse(file, file.Length + (extra % 3));
            int end = -1;
            foreach (BundledAssembly item in index is null ? [] : Items(index))
            {
                Assert.IsTrue(item.Length > 0 && item.Offset > 0 && (end < 0 || item.Offset == end));
                end = item.Offset + item.Length;
            }

            Assert.IsTrue(index is null || end == file.Length + (extra % 3));
        },
        iter: 200_000);

    private static BundleIndex? Parse(byte[] bundle) => BundleIndex.Parse(bundle, bundle.Length);

    private static BundledAssembly[] Items(BundleIndex index) => [.. Enumerable.Range(0, index.Count).Select(i => index[i])];
}
