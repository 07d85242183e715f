using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Gateway.Modbus
{
    /// <summary>
    /// The master of a Modbus RTU line: one request at a time, registers that follow each other in one of them. A response is
    /// taken when it is complete and its CRC is right, whatever noise stands before it.
    /// </summary>
    /// <remarks>https://www.modbus.org/docs/Modbus_over_serial_line_V1_02.pdf</remarks>
    internal sealed class ModbusMaster : SerialProtocol
    {
        private const int Tries = 3;
        private const int BitsOfCharacter = 11;
        private const int MaxWrites = 8;
        private const int WriteStride = 3; // child, place, value
        private const int None = -1;
        private const int FastBaud = 19200;
        private const int FastSilenceMs = 3;

        // Behind a response that did not come: the late one should not meet the next request.
        private const int LateMs = 50;

        private const string NoLine = "the serial line cannot be used";
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
        private bool _isWaiting;
        private long _deadline;
        private long _freeAt;
        private int _tries;

        // The poll that is under way: the block begins at a channel, of which place in the layout and number are kept.
        private int _child = None;
        private int _place;
        private int _index;
        private int _behind; // place behind the block
        private int _channels; // of the block
        private int _mask;
        private int _exception;
        private string _refused;
        private bool _hasAnswered;

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
                if (_isWaiting)
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
            if (_isWaiting)
            {
                if (now < _deadline)
                {
                    return;
                }

                _isWaiting = false;
                _freeAt = now + LateMs;
                Fail(NoAnswer, now);
            }

            if (now < _freeAt)
            {
                return;
            }

            if (_isWriting || _writeCount > 0)
            {
                // Between two blocks of a poll at the latest.
                SendWrite(now);
            }
            else if (_child != None || Begin(now))
            {
                SendRead(now);
            }
        }

        /// <inheritdoc/>
        public override void Receive(byte[] buffer, int count, long now)
        {
            _freeAt = now + Silence();
            if (!_isWaiting)
            {
                return;
            }

            if (_length + count > _in.Length)
            {
                // Only noise is as long.
                _length = 0;
                count = count < _in.Length ? count : _in.Length;
            }

            System.Array.Copy(buffer, 0, _in, _length, count);
            _length += count;
            int at = _length < ModbusFrame.ShortestResponse ? None : ModbusFrame.FindResponse(_in, _length, _request);
            if (at >= 0)
            {
                _isWaiting = false;
                _tries = 0;
                Take(at, now);
            }
        }

        /// <inheritdoc/>
        public override bool Write(int child, int place, int value)
        {
            // What was wanted before of the same register, and is not under way, is replaced.
            int at = _isWriting ? 1 : 0;
            while (at < _writeCount && (_writes[at * WriteStride] != child || _writes[(at * WriteStride) + 1] != place))
            {
                at++;
            }

            if (at == MaxWrites)
            {
                return false;
            }

            _writes[at * WriteStride] = child;
            _writes[(at * WriteStride) + 1] = place;
            _writes[(at * WriteStride) + 2] = value;
            _writeCount = at == _writeCount ? at + 1 : _writeCount;
            return true;
        }

        private bool Begin(long now)
        {
            if (_children.DueAt > now)
            {
                return false;
            }

            _child = _children.Next;
            _place = 0;
            _index = 0;
            _mask = 0;
            _exception = 0;
            _tries = 0;
            _hasAnswered = false;
            return true;
        }

        private void SendRead(long now)
        {
            ChildRule rule = _children.Rules[_child];
            _behind = RegisterMap.BlockEnd(rule.Layout, _place, out _channels, out int words);
            bool isInput = (RegisterMap.KindOf(rule.Layout, _place) & RegisterMap.Input) != 0;
            int function = isInput ? ModbusFrame.ReadInput : ModbusFrame.ReadHolding;
            Send(rule, ModbusFrame.Read(_request, rule.Address, function, RegisterMap.RegisterOf(rule.Layout, _place), words), now);
        }

        private void SendWrite(long now)
        {
            int child = _writes[0];
            int place = _writes[1];
            ChildRule rule = _children.Rules[child];
            byte[] map = rule.Layout;
            _tries = _isWriting ? _tries : 0;
            _isWriting = true;
            RegisterMap.TryGetBits(map, place, _writes[2], out uint bits);
            int words = RegisterMap.WordsOf(RegisterMap.KindOf(map, place));
            Send(rule, ModbusFrame.Write(_request, rule.Address, RegisterMap.RegisterOf(map, place), words, bits), now);
        }

        private void Send(ChildRule rule, int length, long now)
        {
            int line = rule.Line;
            _length = 0;
            if (line != _line)
            {
                _baud = rule.Baud;
                _line = _port.Open(_baud, rule.Parity, rule.Parity == 0 ? 2 : 1) ? line : None;
            }

            // What came in before is no response to this one.
            while (_line != None && _port.Read(_in) > 0)
            {
            }

            if (_line == None || !_port.Write(_request, length))
            {
                _line = None;
                _freeAt = now + _timeout;
                _tries = Tries;
                Fail(NoLine, now);
                return;
            }

            int characters = length + ModbusFrame.ResponseLength(_request);
            _deadline = now + _timeout + (characters * BitsOfCharacter * 1000 / _baud) + 1;
            _isWaiting = true;
        }

        private void Take(int at, long now)
        {
            bool isException = (_in[at + 1] & ModbusFrame.Exception) != 0;
            int code = isException ? _in[at + 2] : 0;
            if (_isWriting)
            {
                EndWrite(code == 0 ? null : Children.ExceptionText(code));
                return;
            }

            byte[] map = _children.Rules[_child].Layout;
            _hasAnswered = true;
            if (code != 0 && _exception == 0)
            {
                _exception = code;
                _refused = ReadingGroup.NameOf(map, _place);
            }

            if (code == 0)
            {
                int to = (_children.First[_child] + _index) * ReadingGroup.ValueLength;
                _mask |= RegisterMap.Take(map, _place, _behind, _in, at + ModbusFrame.DataAt, _children.Values, to) << _index;
            }

            _index += _channels;
            _place = _behind;
            if (_place == map.Length)
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
            if (_hasAnswered)
            {
                // What came before the silence is kept.
                _children.Answered(child, _mask, _exception, _refused, now);
            }
            else
            {
                _children.Failed(child, reason, now);
            }
        }

        private void EndWrite(string reason)
        {
            int child = _writes[0];
            int place = _writes[1];
            _isWriting = false;
            _writeCount--;
            System.Array.Copy(_writes, WriteStride, _writes, 0, _writeCount * WriteStride);
            _children.Written(child, place, reason);
        }

        // 3.5 characters, and 1.75 ms above 19200 bits in a second; a clock of milliseconds may be one short.
        private int Silence() => _baud > 0 && _baud <= FastBaud ? (7 * BitsOfCharacter * 1000 / 2 / _baud) + 2 : FastSilenceMs;
    }
}
