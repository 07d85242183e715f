using System.Buffers.Binary;
using Boards.NativeSim.World;

namespace Scenarios.Gateway;

/// <summary>
/// A Modbus slave with eight channels in nine registers: the number of its answer, and seven that follow from it. So each value
/// that arrives anywhere says which answer it is of.
/// </summary>
internal sealed class NumberedMeter : ISerialPeer
{
    public const string Registers = "n 0 u32, a 2 u16 0.1 V, b 3 u16 0.01 A, c 4 u16 W, d 5 u16 Hz, e 6 u16, f 7 u16, g 8 u16";

    /// <summary>The channels beside the number.</summary>
    public const string Others = "abcdefg";

    private const int Words = 9;
    private const int FirstOther = 2;
    private const int AnswerMs = 20;
    private const int DataAt = 3;

    private readonly int _address;

    public NumberedMeter(int address) => _address = address;

    public bool IsDead { get; set; }

    public uint Answers { get; private set; }

    /// <summary>What register a channel has in an answer.</summary>
    public static ushort Of(int address, uint answer, int channel) => (ushort)((answer * 31) + (uint)(address * 1009) + (uint)(channel * 257));

    /// <summary>The address and the number of an answer.</summary>
    public static (int Address, uint Number) Read(byte[] answer) => (answer[0], BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(DataAt)));

    public byte[]? Receive(byte[] frame, DateTime utc, out int afterMs)
    {
        afterMs = AnswerMs;
        if (IsDead || frame.Length != 8 || frame[0] != _address || frame[1] != 3)
        {
            return null;
        }

        Answers++;
        byte[] answer = new byte[DataAt + (2 * Words)];
        answer[0] = (byte)_address;
        answer[1] = 3;
        answer[2] = 2 * Words;
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(DataAt), Answers);
        for (int i = 0; i < Others.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(DataAt + (2 * (FirstOther + i))), Of(_address, Answers, i));
        }

        return SimulatedMeter.Seal(answer);
    }
}
