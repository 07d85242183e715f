using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Gateway.Modbus
{
    /// <summary>
    /// The master of a Modbus RTU line: one request at a time, registers that follow each other in one of them. A response is
    /// taken when it is complete and its CRC is right, whatever noise stands before it.
    /// </summary>
    /// <remarks>https://www.modbus.org/docs/Modbus_over_serial_line_V1_02.pdf</remarks>
    internal sealed partial class ModbusMaster : SerialProtocol
    {
        private const int Tries = 3;
        private const int BitsOfCharacter = 11;

        // So long the line is quiet before the chip tells of what it received.
        private const int DriverCharacters = 10;

        private const int MaxWrites = 8;
        private const int MostReads = 4;
        private const int WriteStride = 2; // child and place, value
        private const int ChildShift = 16;
        private const int PlaceMask = 0xFFFF;
        private const int None = -1;
        private const int FastBaud = 19200;
        private const int FastSilenceMs = 3;

        // Behind a response that did not come: the late one should not meet the next request.
        private const int LateMs = 50;

        private const string NoAnswer = "no answer";

        private readonly Children _children;
        private readonly ISerialPort _port;
        private readonly int _timeout;
        private readonly byte[] _request = new byte[16];
        private readonly byte[] _in = new byte[ModbusFrame.MaxLength];
        private readonly int[] _writes = new int[MaxWrites * WriteStride];
        private int _writeCount;
        private bool _isWriting;
        private int _length; // of what was received
        private int _line = None; // parameters of the open line
        private int _baud;
        private long _deadline; // of the response; 0 when none is waited for
        private long _freeAt;
        private int _tries;

        // The poll that is under way: the block begins at a channel, of which place in the layout and number are kept.
        private int _child = None;
        private int _place;
        private int _index;
        private int _mask;
        private int _exception; // None before the first response
        private string _refused;

        internal ModbusMaster(Children children, ISerialPort port, int timeout)
        {
            _children = children;
            _port = port;
            _timeout = timeout;
        }

        /// <inheritdoc/>
        public override long DueAt
        {
            get
            {
                if (_deadline != 0)
                {
                    return _deadline;
                }

                long due = _child != None || _writeCount > 0 ? 0 : _children.DueAt;
                return due > _freeAt ? due : _freeAt;
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (now < DueAt)
            {
                return;
            }

            if (_deadline != 0)
            {
                _deadline = 0;
                _freeAt = now + LateMs;
                Fail(NoAnswer, now);
                return;
            }

            // Between two blocks of a poll at the latest.
            if (_writeCount > 0)
            {
                _tries = _isWriting ? _tries : 0;
                _isWriting = true;
                Send(_writes[0] >> ChildShift, _writes[0] & PlaceMask, now);
                return;
            }

            if (_child == None)
            {
                _child = _children.Next;
                _place = 0;
                _index = 0;
                _mask = 0;
                _exception = None;
            }

            Send(_child, _place, now);
        }

        /// <inheritdoc/>
        public override void Receive(byte[] buffer, int count, long now)
        {
            // 3.5 characters, and 1.75 ms above 19200 bits in a second; a clock of milliseconds may be one short.
            int baud = _baud;
            _freeAt = now + (baud > 0 && baud <= FastBaud ? (7 * BitsOfCharacter * 1000 / 2 / baud) + 2 : FastSilenceMs);
            if (_deadline == 0)
            {
                return;
            }

            byte[] all = _in;
            int length = _length;
            if (length + count > all.Length)
            {
                // Only noise is as long.
                length = 0;
                count = count < all.Length ? count : all.Length;
            }

            System.Array.Copy(buffer, 0, all, length, count);
            length += count;
            _length = length;
            int at = ModbusFrame.FindResponse(all, length, _request);
            if (at >= 0)
            {
                _deadline = 0;
                _tries = 0;
                Take(all, at, now);
            }
        }

        /// <inheritdoc/>
        public override bool Write(int child, int place, int value)
        {
            // What was wanted before of the same register, and is not under way, is replaced.
            int[] writes = _writes;
            int register = (child << ChildShift) | place;
            int count = _writeCount * WriteStride;
            int at = Find(_isWriting ? WriteStride : 0, register);
            if (at == writes.Length)
            {
                return false;
            }

            writes[at] = register;
            writes[at + 1] = value;
            _writeCount += at == count ? 1 : 0;
            return true;
        }

        /// <inheritdoc/>
        public override bool IsWaiting(int child, int place) => Find(0, (child << ChildShift) | place) < _writeCount * WriteStride;

        private int Find(int at, int register)
        {
            int[] writes = _writes;
            int count = _writeCount * WriteStride;
            while (at < count && writes[at] != register)
            {
                at += WriteStride;
            }

            return at;
        }

        private void Take(byte[] data, int at, long now)
        {
            bool isRefused = (data[at + 1] & ModbusFrame.Exception) != 0;
            int code = isRefused ? data[at + 2] : 0;
            if (_isWriting)
            {
                EndWrite(isRefused ? Children.ExceptionText(code) : null);
                return;
            }

            Children children = _children;
            int child = _child;
            int place = _place;
            int index = _index;
            byte[] map = children.Rules[child].Layout;
            if (code != 0 && _exception <= 0)
            {
                _refused = ReadingGroup.NameOf(map, place);
                _exception = code;
            }
            else if (_exception < 0)
            {
                _exception = 0;
            }

            int to = (children.First[child] + index) * ReadingGroup.ValueLength;
            _mask |= RegisterMap.Take(map, ref place, ref index, isRefused ? null : data, at + ModbusFrame.DataAt, children.Values, to);
            _place = place;
            _index = index;
            if (place == map.Length)
            {
                EndPoll(null, now);
            }
        }

        private void Fail(string reason, long now)
        {
            _tries++;
            bool isLost = !_isWriting && _children.IsLost(_child);
            if (_tries < Tries && !isLost)
            {
                return; // the same request again
            }

            _tries = 0;
            if (_isWriting)
            {
                EndWrite(reason);
            }
            else
            {
                EndPoll(reason, now);
            }
        }

        private void EndPoll(string reason, long now)
        {
            int child = _child;
            _child = None;
            if (_exception >= 0)
            {
                // What came before the silence is kept.
                _children.Answered(child, _mask, _exception, _refused, now);
            }
            else
            {
                _children.Failed(child, reason, now);
                if (_children.Lost == _children.Rules.Length)
                {
                    // Perhaps the driver is stuck.
                    _port.Close();
                    _line = None;
                }
            }
        }

        private void EndWrite(string reason)
        {
            int register = _writes[0];
            int value = _writes[1];
            _isWriting = false;
            _writeCount--;
            System.Array.Copy(_writes, WriteStride, _writes, 0, _writeCount * WriteStride);
            _children.Written(register >> ChildShift, register & PlaceMask, value, reason);
        }
    }
}
