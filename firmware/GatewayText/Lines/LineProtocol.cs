using Firmware.Gateway;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.GatewayText.Lines
{
    /// <summary>
    /// A small controller that sends lines of JSON or SenML, and takes requests as lines of JSON: one at a time, and again when
    /// no response comes.
    /// </summary>
    internal sealed class LineProtocol : TextProtocol
    {
        private const int Tries = 3;
        private const int None = -1;
        private const int MostFirstId = 1000000;
        private const int LongestRequest = 128;

        private readonly LineReader _reader;
        private readonly JsonWriter _request = new JsonWriter(LongestRequest, LongestRequest);
        private readonly int[] _wanted = new int[ReadingGroup.MaxChannels];
        private int _waiting; // one bit for each channel that waits to be set
        private int _sent = None; // number of the channel that is being set
        private int _place; // and its place in the layout
        private int _sentValue;
        private long _id;
        private int _tries;
        private long _deadline;

        internal LineProtocol(Children children, ISerialPort port)
            : base(children, port, new LineBuffer(LineReader.MaxLength, LineBuffer.None))
        {
            _reader = new LineReader(children.Rules[Child].Name, children.Rules[Child].Layout);

            // Another one in each run: a late response of the one before must not confirm.
            _id = children.Device.CreateJitter().Next(MostFirstId);
        }

        /// <inheritdoc/>
        public override long DueAt
        {
            get
            {
                long due = base.DueAt;
                long at = _sent != None ? _deadline : _waiting != 0 ? 0 : due;
                return at < due ? at : due;
            }
        }

        /// <inheritdoc/>
        public override bool Write(int child, int place, int value)
        {
            int index = Layouts.CountOf(Children.Rules[Child].Layout, place);
            _wanted[index] = value;
            _waiting |= 1 << index;
            return true;
        }

        /// <inheritdoc/>
        public override bool IsWaiting(int child, int place)
        {
            int index = Layouts.CountOf(Children.Rules[Child].Layout, place);
            return _sent == index || (_waiting & (1 << index)) != 0;
        }

        /// <inheritdoc/>
        public override void Stop()
        {
            // What a rule wants meanwhile is not sent either.
            for (int left = ReadingGroup.MaxChannels; left >= 0 && (_sent != None || _waiting != 0); left--)
            {
                if (_sent == None)
                {
                    Begin();
                }

                End(Stopped);
            }
        }

        /// <inheritdoc/>
        public override void WriteStatus(JsonWriter writer)
        {
            writer.Member("unknown", _reader.Unknown);
            writer.Member("refused", _reader.Refused + Buffer.TooLong);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            base.Tick(now);
            if (_sent != None && now >= _deadline)
            {
                Send("no answer", now);
            }

            if (_sent == None && _waiting != 0)
            {
                Begin();
                Send(null, now);
            }
        }

        /// <inheritdoc/>
        protected override void TakeLine(long now)
        {
            _reader.Read(Buffer.Bytes, Buffer.Length);
            for (int i = 0, mask = _reader.Mask; mask != 0; i++, mask >>= 1)
            {
                if ((mask & 1) != 0)
                {
                    Put(i, _reader.Values[i]);
                }
            }

            bool isResponse = _sent != None && _reader.Id == _id;
            if (isResponse)
            {
                // A response without the value confirms the one that was asked for.
                if (_reader.Error == null && (_reader.Mask & (1 << _sent)) == 0)
                {
                    Put(_sent, _sentValue);
                }

                End(_reader.Error);
            }

            if (Fresh != 0 && (isResponse || IsSilent))
            {
                Report(now);
            }
        }

        private void Begin()
        {
            byte[] layout = Children.Rules[Child].Layout;
            int sent = 0;
            int place = 0;
            while ((_waiting & (1 << sent)) == 0)
            {
                place += layout[place];
                sent++;
            }

            _sent = sent;
            _place = place;
            _waiting &= ~(1 << sent);
            _sentValue = _wanted[sent];
            _tries = 0;
            _id++;
        }

        private void Send(string failure, long now)
        {
            if (_tries++ == Tries)
            {
                End(failure);
                return;
            }

            byte[] layout = Children.Rules[Child].Layout;
            JsonWriter writer = _request;
            writer.Clear();
            writer.BeginObject();
            writer.Member("set", ReadingGroup.NameOf(layout, _place));
            writer.Member("value", _sentValue, layout[_place + ReadingGroup.DecimalsAt]);
            writer.Member("id", _id);
            writer.EndObject();
            int length = writer.Length;
            writer.Buffer[length] = (byte)'\n';
            Port.Write(writer.Buffer, length + 1);
            _deadline = now + Children.Wait;
        }

        private void End(string reason)
        {
            _sent = None;
            Children.Written(Child, _place, _sentValue, reason);
        }
    }
}
