using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>
    /// A serial line with Modbus devices at the addresses 1 to 32, each with 200 holding registers, whose value is at first
    /// 100 times the address and the register; input registers have one more. They answer at once, unless the test says else.
    /// </summary>
    public sealed class FakeModbusLine : ISerialPort
    {
        public const int Registers = 200;

        private readonly int[][] _registers = new int[33][];
        private readonly ReceivedBytes _in = new ReceivedBytes();
        private byte[] _held;

        public FakeModbusLine()
        {
            for (int address = 1; address < _registers.Length; address++)
            {
                _registers[address] = new int[Registers];
                for (int i = 0; i < Registers; i++)
                {
                    _registers[address][i] = (100 * address) + i;
                }
            }
        }

        /// <summary>Gets the signals.</summary>
        public ILinkEventSink Sink
        {
            get => _in.Sink;
            set => _in.Sink = value;
        }

        /// <summary>Bit n: the device at address n is silent.</summary>
        public long Silent { get; set; }

        /// <summary>Whether no device answers a read.</summary>
        public bool SilentReads { get; set; }

        /// <summary>Requests from this register on get no answer; -1 for none.</summary>
        public int SilentRegister { get; set; } = -1;

        /// <summary>Bit n: the device at address n answers no write.</summary>
        public long SilentWrites { get; set; }

        /// <summary>The code that each request gets; 0 for none.</summary>
        public int Exception { get; set; }

        /// <summary>Registers from this one on are refused with exception 2.</summary>
        public int Known { get; set; } = Registers;

        /// <summary>Bytes that come before each answer; null for none.</summary>
        public byte[] Noise { get; set; }

        /// <summary>How many answers arrive with a bit that has turned.</summary>
        public int Damaged { get; set; }

        /// <summary>Whether answers are kept until <see cref="Deliver"/>.</summary>
        public bool IsSlow { get; set; }

        /// <summary>Whether each byte has a signal of its own.</summary>
        public bool IsByteByByte { get; set; }

        /// <summary>Whether the line can be opened.</summary>
        public bool Opens { get; set; } = true;

        /// <summary>How many requests there were.</summary>
        public int Requests { get; private set; }

        /// <summary>How many the device at each address got.</summary>
        public int[] RequestsOf { get; } = new int[256];

        /// <summary>The last request.</summary>
        public byte[] Last { get; private set; }

        /// <summary>How the line was opened last: "9600 0 2".</summary>
        public string Parameters { get; private set; }

        /// <summary>How often it was opened.</summary>
        public int Openings { get; private set; }

        /// <summary>How often it was closed.</summary>
        public int Closings { get; private set; }

        public int Get(int address, int register) => _registers[address][register];

        public void Set(int address, int register, int value) => _registers[address][register] = value;

        public bool Open(int baud, int parity, int stopBits)
        {
            Parameters = baud + " " + parity + " " + stopBits;
            Openings++;
            return Opens;
        }

        public bool Write(byte[] data, int count)
        {
            Last = new byte[count];
            System.Array.Copy(data, Last, count);
            Requests++;
            RequestsOf[data[0]]++;
            bool isSilent = (SilentReads && data[1] <= 4) || (data[1] > 4 && (SilentWrites & (1L << data[0])) != 0) || ((data[2] << 8) | data[3]) == SilentRegister;
            if ((Silent & (1L << data[0])) == 0 && data[0] < _registers.Length && !isSilent)
            {
                byte[] answer = Answer(data);
                if (Damaged > 0)
                {
                    Damaged--;
                    answer[answer.Length - 1] ^= 1;
                }

                if (IsSlow)
                {
                    _held = answer;
                }
                else
                {
                    Come(Noise);
                    Come(answer);
                }
            }

            return true;
        }

        public int Read(byte[] buffer) => _in.Read(buffer, IsByteByByte ? 1 : buffer.Length);

        public void Close() => Closings++;

        /// <summary>The answer that was held back arrives.</summary>
        public void Deliver()
        {
            Come(_held);
            _held = null;
        }

        /// <summary>Bytes arrive.</summary>
        public void Come(byte[] bytes)
        {
            if (bytes != null)
            {
                _in.Add(bytes);
            }
        }

        /// <summary>A frame with its CRC.</summary>
        public static byte[] Seal(byte[] frame)
        {
            byte[] all = new byte[frame.Length + 2];
            frame.CopyTo(all, 0);
            int crc = 0xFFFF;
            for (int i = 0; i < frame.Length; i++)
            {
                crc ^= frame[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xA001;
                }
            }

            all[frame.Length] = (byte)crc;
            all[frame.Length + 1] = (byte)(crc >> 8);
            return all;
        }

        private byte[] Answer(byte[] request)
        {
            byte address = request[0];
            int function = request[1];
            int register = (request[2] << 8) | request[3];
            int second = (request[4] << 8) | request[5];
            int count = function == 6 ? 1 : second;
            int code = Exception != 0 ? Exception : register + count > Known ? 2 : 0;
            if (code != 0)
            {
                return Seal(new byte[] { address, (byte)(function | 0x80), (byte)code });
            }

            if (function > 4)
            {
                for (int i = 0; i < count; i++)
                {
                    _registers[address][register + i] = function == 6 ? second : (request[7 + (2 * i)] << 8) | request[8 + (2 * i)];
                }

                byte[] echo = new byte[6];
                System.Array.Copy(request, echo, 6);
                return Seal(echo);
            }

            byte[] answer = new byte[3 + (2 * count)];
            answer[0] = address;
            answer[1] = (byte)function;
            answer[2] = (byte)(2 * count);
            for (int i = 0; i < count; i++)
            {
                int value = _registers[address][register + i] + (function == 4 ? 1 : 0);
                answer[3 + (2 * i)] = (byte)(value >> 8);
                answer[4 + (2 * i)] = (byte)value;
            }

            return Seal(answer);
        }
    }
}
