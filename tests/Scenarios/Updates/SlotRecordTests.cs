using Boards.Loader;
using CsCheck;

namespace Scenarios.Updates;

/// <summary>What the loader remembers, and what it makes of a damaged memory.</summary>
[TestClass]
public sealed class SlotRecordTests
{
    [TestMethod]
    public void A_record_comes_back_as_it_was()
    {
        SlotRecord record = Full();
        SlotRecord back = SlotRecord.Parse(record.ToBytes());

        Assert.AreEqual(SlotRecord.Size, record.ToBytes().Length);
        CollectionAssert.AreEqual(record.ToBytes(), back.ToBytes());
        Assert.AreEqual("0.3.0", ImageVersion.Format(back.Failed));
        Assert.AreEqual("no broker", back.Reason);
        Assert.AreEqual(300, back.TrialSeconds);
        Assert.AreEqual(1, back.FailuresOf(ImageVersion.Parse("0.3.0")));
    }

    [TestMethod]
    public void A_record_with_any_bit_flipped_is_refused()
    {
        byte[] bytes = Full().ToBytes();
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsNull(SlotRecord.Parse(bytes), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.IsNotNull(SlotRecord.Parse(bytes));
    }

    [TestMethod]
    public void A_record_of_another_length_is_refused()
    {
        byte[] bytes = Full().ToBytes();
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.IsNull(SlotRecord.Parse(bytes[..length]));
        }

        Assert.IsNull(SlotRecord.Parse([.. bytes, 0]));
        Assert.IsNull(SlotRecord.Parse(null));
    }

    /// <summary>Even with a right CRC nothing that contradicts itself is believed.</summary>
    [TestMethod]
    public void A_record_that_was_read_can_be_written_again() => Gen.Byte.Array[SlotRecord.Size - 9].Sample(
        noise =>
        {
            for (int i = 0; i < 4; i++)
            {
                noise[i] %= 4;
            }

            byte[] bytes = [.. "M2MS"u8, 1, .. noise, 0, 0, 0, 0];
            BitConverter.TryWriteBytes(bytes.AsSpan(SlotRecord.Size - 4), Crc32(bytes.AsSpan(0, SlotRecord.Size - 4)));
            SlotRecord? record = SlotRecord.Parse(bytes);
            if (record is null)
            {
                return;
            }

            int[] slots = [record.Confirmed, record.Previous, record.Test, record.Staging];
            Assert.IsTrue(slots.All(slot => slot is >= 0 and <= 2));
            Assert.IsTrue(record.Confirmed == 0 || !slots.Skip(1).Contains(record.Confirmed));
            Assert.IsNotNull(SlotRecord.Parse(record.ToBytes()));
        },
        iter: 50_000);

    [TestMethod]
    public void The_last_four_versions_that_failed_are_counted()
    {
        var record = new SlotRecord();
        foreach (string version in new[] { "1.0.0", "2.0.0", "3.0.0", "1.0.0", "4.0.0", "5.0.0" })
        {
            Fail(record, version);
        }

        Assert.AreEqual("2 0 1 1 1", string.Join(' ', Enumerable.Range(1, 5).Select(major => record.FailuresOf(ImageVersion.Parse(major + ".0.0")))));
    }

    [TestMethod]
    public void Failures_are_counted_to_255_and_not_on()
    {
        var record = new SlotRecord();
        for (int i = 0; i < 300; i++)
        {
            Fail(record, "1.0.0");
        }

        Assert.AreEqual(255, SlotRecord.Parse(record.ToBytes()).FailuresOf(ImageVersion.Parse("1.0.0")));
    }

    [TestMethod]
    public void A_long_reason_is_cut_and_strange_letters_are_masked()
    {
        SlotRecord record = Full();
        record.Fail(Slots.B, "größer\n" + new string('x', 100));

        Assert.AreEqual("gr??er?" + new string('x', SlotRecord.MaxReason - 7), SlotRecord.Parse(record.ToBytes()).Reason);
    }

    [TestMethod]
    [DataRow("0.1.0", "0.1.0")]
    [DataRow("65535.65535.65535", "65535.65535.65535")]
    [DataRow("0.0.0", null)]
    [DataRow("65536.0.0", null)]
    [DataRow("1.0", null)]
    [DataRow("1.0.0.0", null)]
    [DataRow("01.0.0", null)]
    [DataRow("1..0", null)]
    [DataRow("1.0.-1", null)]
    [DataRow("1.0.0 ", null)]
    [DataRow("", null)]
    [DataRow(null, null)]
    public void Versions_are_read_strictly(string? text, string? expected) => Assert.AreEqual(expected, ImageVersion.Format(ImageVersion.Parse(text)));

    [TestMethod]
    public void Versions_order_by_their_parts()
    {
        string[] versions = ["0.0.65535", "0.1.0", "0.2.0", "0.10.0", "1.0.0", "32768.0.0"];

        CollectionAssert.AreEqual(versions, versions.Reverse().OrderBy(ImageVersion.Parse).ToArray());
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private static SlotRecord Full()
    {
        var record = new SlotRecord { Confirmed = Slots.A, Test = Slots.B, IsBegun = true, TrialSeconds = 300, BuiltIn = ImageVersion.Parse("0.1.0") };
        record.SetVersion(Slots.A, ImageVersion.Parse("0.2.0"));
        record.SetVersion(Slots.B, ImageVersion.Parse("0.3.0"));
        record.FailTrial("no broker");
        record.Test = Slots.B;
        record.IsBegun = true;
        return record;
    }

    private static void Fail(SlotRecord record, string version)
    {
        record.Test = Slots.A;
        record.SetVersion(Slots.A, ImageVersion.Parse(version));
        record.FailTrial("hangs");
    }
}
