using System.Buffers.Binary;

namespace Boards.NativeSim.World;

/// <summary>
/// An electricity meter with Modbus RTU: holding registers 0 to 7 are voltage (0.1 V), current (0.01 A), power in W (two
/// registers), energy in Wh (two), frequency (0.01 Hz), and a relay, 0 or 1, which may be written. What it has measured is a
/// function of the time, so that anyone can say what it answers.
/// </summary>
/// <remarks>https://www.modbus.org/docs/Modbus_Application_Protocol_V1_1b3.pdf</remarks>
public sealed class SimulatedMeter : ISerialPeer
{
    /// <summary>How many registers it has.</summary>
    public const int Registers = 8;

    private const int Relay = 7;
    private const int AnswerMs = 20;
    private const int Polynomial = 0xA001;

    private readonly int _address;

    /// <summary>Creates a meter.</summary>
    /// <param name="address">1 to 247.</param>
    public SimulatedMeter(int address) => _address = address;

    /// <summary>Whether it does not answer.</summary>
    public bool IsDead { get; set; }

    /// <summary>Whether its relay is on.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Requests for it that it has received.</summary>
    public int Requests { get; private set; }

    /// <summary>The registers of a meter at a moment.</summary>
    /// <param name="address">Which.</param>
    /// <param name="utc">When.</param>
    /// <param name="isOn">Whether its relay is on.</param>
    /// <returns>All of them.</returns>
    public static ushort[] RegistersOf(int address, DateTime utc, bool isOn)
    {
        long second = (utc.Ticks / TimeSpan.TicksPerSecond) - (new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerSecond);
        uint power = (uint)(1000 + (100 * address) + (second % 600));
        uint energy = (uint)((second / 10 * address) + 1_000_000);
        return
        [
            (ushort)(2300 + address + (second % 50)), (ushort)(power * 100 / 230),
            (ushort)(power >> 16), (ushort)power, (ushort)(energy >> 16), (ushort)energy,
            (ushort)(5000 + (second % 7)), (ushort)(isOn ? 1 : 0),
        ];
    }

    /// <summary>Ends a frame with its CRC.</summary>
    /// <param name="frame">The frame without it.</param>
    /// <returns>The whole frame.</returns>
    public static byte[] Seal(byte[] frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        int crc = Crc(frame);
        return [.. frame, (byte)crc, (byte)(crc >> 8)];
    }

    /// <inheritdoc/>
    public byte[]? Receive(byte[] frame, DateTime utc, out int afterMs)
    {
        ArgumentNullException.ThrowIfNull(frame);
        afterMs = AnswerMs;
        if (frame.Length < 8 || frame[0] != _address || Crc(frame) != 0)
        {
            return null;
        }

        Requests++;
        if (IsDead)
        {
            return null;
        }

        int register = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(2));
        int value = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(4));
        switch (frame[1])
        {
            case 3 when value is > 0 and <= Registers && register + value <= Registers:
                byte[] answer = new byte[3 + (2 * value)];
                answer[0] = frame[0];
                answer[1] = 3;
                answer[2] = (byte)(2 * value);
                ushort[] registers = RegistersOf(_address, utc, IsOn);
                for (int i = 0; i < value; i++)
                {
                    BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(3 + (2 * i)), registers[register + i]);
                }

                return Seal(answer);
            case 6 when register == Relay && value <= 1:
                IsOn = value == 1;
                return Seal(frame[..^2]);
            case 3 or 6:
                return Seal([frame[0], (byte)(frame[1] | 0x80), 2]);
            default:
                return Seal([frame[0], (byte)(frame[1] | 0x80), 1]);
        }
    }

    private static int Crc(byte[] bytes)
    {
        int crc = 0xFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }
        }

        return crc;
    }
}
