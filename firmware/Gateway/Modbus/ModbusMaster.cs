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
        private const int WriteStride = 2; // child and place, value
        private const int ChildShift = 16;
        private const int PlaceMask = 0xFFFF;
        private const int None = -1;
        private const int FastBaud = 19200;
        private const int FastSilenceMs = 3;

        // Behind a response that did not come: the late one should not meet the next request.
        private const int LateMs = 50;

        // Of noise, each as long as the buffer: more of it is left to the search for the response.
        private const int MostReads = 4;

        // What a poll has got so far: one bit for each channel with a value, whether there was a response, the first fault as
        // Children takes it; and, when the child has to wait for its next turn, the channel at which that begins.
        private const int AllChannels = 0xFFFF;
        private const int HasResponse = 0x10000;
        private const int FaultShift = 17;
        private const int NextShift = 28;
        private const int IndexMask = 15;

        // Of what is silent: one bit for each block, by its first channel; then a count of polls. Each of these blocks is
        // asked in one poll of 16, that whose number is its own.
        private const int OnePoll = 0x10000;
        private const int CountShift = 16;

        private readonly byte[] _request = new byte[16];
        private readonly byte[] _in = new byte[ModbusFrame.MaxLength];
        private readonly int[] _writes = new int[MaxWrites * WriteStride];
        private readonly int[] _saved; // of each child what it has got so far
        private readonly int[] _silent;
        private int _writeCount;
        private long _writeAt;
        private bool _isWriting; // the last request was a write
        private int _length; // of what was received
        private int _line = None; // parameters of the open line
        private int _baud;
        private int _silence; // between frames
        private long _deadline; // of the response; 0 when none is waited for
        private long _freeAt;
        private long _restBy; // a line that is not at rest then is used all the same; 0 when nothing waits for it
        private int _tries; // of the first write

        // The turn of a child: the block begins at a channel, of which place in the layout and number are kept.
        private int _child = None;
        private int _place;
        private int _index;
        private int _got;

        internal ModbusMaster(Children children, ISerialPort port)
            : base(children, port)
        {
            int count = children.Rules.Length;
            _saved = new int[count];
            _silent = new int[count];
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

                long due = _child != None ? 0 : Children.DueAt;
                if (_writeCount > 0 && _writeAt < due)
                {
                    due = _writeAt;
                }

                return due > _freeAt ? due : _freeAt;
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (_deadline != 0)
            {
                if (now < _deadline)
                {
                    return;
                }

                string reason = now < _freeAt ? "the line is never silent" : "no answer";
                _deadline = 0;
                _freeAt = now + LateMs;
                Fail(reason, now);
                return;
            }

            if (now < _freeAt)
            {
                return;
            }

            // Writes and the requests of polls take turns.
            int child = _child;
            bool isDue = child != None || Children.DueAt <= now;
            if (_writeCount > 0 && now >= _writeAt && !(_isWriting && isDue))
            {
                _isWriting = true;
                Send(_writes[0] >> ChildShift, _writes[0] & PlaceMask, now);
                return;
            }

            if (!isDue)
            {
                return;
            }

            _isWriting = false;
            if (child == None)
            {
                child = Children.Next;
                _child = child;
                _place = 0;
                _index = 0;
                int saved = _saved[child];
                _got = saved & ((1 << NextShift) - 1);
                if ((saved | _silent[child]) != 0)
                {
                    // It has been asked for some of its blocks already, or not all of them answer.
                    _saved[child] = 0;
                    byte[] map = Children.Rules[child].Layout;
                    for (; _index != ((saved >> NextShift) & IndexMask); _index++)
                    {
                        _place += map[_place];
                    }

                    _silent[child] += saved == 0 ? OnePoll : 0;
                    Skip(None);
                }
            }

            Send(child, _place, now);
        }

        /// <inheritdoc/>
        public override void Receive(byte[] buffer, int count, long now)
        {
            long free = now + _silence;
            if (_deadline == 0)
            {
                // Who waits for a line at rest waits no longer than for an answer.
                bool isDue = _child != None || _writeCount > 0 || Children.DueAt <= now;
                _restBy = !isDue ? 0 : _restBy == 0 ? now + Children.Wait : _restBy;
                _freeAt = isDue && free > _restBy ? _restBy : free;
                return;
            }

            _freeAt = free;
            byte[] all = _in;
            int length = _length;
            count = count < all.Length - length ? count : all.Length - length;
            System.Array.Copy(buffer, 0, all, length, count);
            length += count;
            int at = ModbusFrame.FindResponse(all, length, _request);
            if (at >= 0)
            {
                _deadline = 0;
                Take(all, at, now);
                return;
            }

            // What cannot become a response makes room.
            at = ~at;
            _length = length - at;
            System.Array.Copy(all, at, all, 0, _length);
        }

        /// <inheritdoc/>
        public override bool Write(int child, int place, int value)
        {
            // What was wanted before of the same register, and is not under way, is replaced.
            int[] writes = _writes;
            int register = (child << ChildShift) | place;
            int count = _writeCount * WriteStride;

            // The last one: behind the first, which is being repeated, there may be another of the same register.
            int at = count == 0 ? 0 : Find(WriteStride, register);
            at = at == count && count > 0 && !(_isWriting && _deadline != 0) && writes[0] == register ? 0 : at;
            if (at == writes.Length)
            {
                return false;
            }

            _tries = at == 0 && writes[1] != value ? 0 : _tries;
            writes[at] = register;
            writes[at + 1] = value;
            _writeCount += at == count ? 1 : 0;
            return true;
        }

        /// <inheritdoc/>
        public override bool IsWaiting(int child, int place) => Find(0, (child << ChildShift) | place) < _writeCount * WriteStride;

        /// <inheritdoc/>
        public override void Stop()
        {
            _deadline = _isWriting ? 0 : _deadline;

            // What a rule wants meanwhile is not sent either.
            for (int left = _writeCount; left > 0; left--)
            {
                EndWrite(Stopped);
            }
        }

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
            int code = (data[at + 1] & ModbusFrame.Exception) != 0 ? data[at + 2] : None;
            if (_isWriting)
            {
                EndWrite(code >= 0 ? Children.ExceptionText(code) : null);
                return;
            }

            Children children = Children;
            int child = _child;
            int silent = _silent[child];
            byte[] map = children.Rules[child].Layout;
            int place = _place;
            int index = _index;
            children.Masks[child] &= ~Children.Misses;
            if (silent != 0)
            {
                _silent[child] = silent & ~(1 << index);
            }

            if (code < 0)
            {
                int to = (children.First[child] + index) * ReadingGroup.ValueLength;
                _got |= HasResponse | RegisterMap.Take(map, ref place, ref index, data, at + ModbusFrame.DataAt, children.Values, to);
                _place = place;
                _index = index;
            }
            else
            {
                _got |= HasResponse;
                silent = None;
            }

            if (silent == 0 ? place == map.Length : !Skip(code))
            {
                EndPoll(null, now);
            }
        }
    }
}
