using Firmware.Gateway;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.GatewayText.Lines
{
    /// <summary>
    /// A child that sends lines by itself: its values are reported at the interval of the child, the first ones after a silence
    /// at once. It is the only one of its serial line.
    /// </summary>
    internal abstract class TextProtocol : SerialProtocol
    {
        /// <summary>Number of the child.</summary>
        protected const int Child = 0;

        private const long OpenPause = 10000;

        // A value that lines leave out counts for so many intervals at least, and for twice as many at most.
        private const int IntervalsHeld = 3;

        /// <summary>The line that is coming in.</summary>
        protected readonly LineBuffer Buffer;

        /// <summary>One bit for each channel that has a value that was not reported yet.</summary>
        protected int Fresh;

        /// <summary>Whether the last report had nothing: then the next value is reported at once.</summary>
        protected bool IsSilent = true;

        /// <summary>What is wrong with what is reported, as <see cref="Children.Answered"/> takes it.</summary>
        protected int Fault;

        /// <summary>What is said of a child without values.</summary>
        protected string Silence = "no line with a value";

        private int _known; // one bit for each channel: reported since the time below was set
        private int _before; // in the time before that
        private long _knownUntil;
        private bool _isOpen;
        private long _openAt;

        /// <summary>Creates a protocol; opens nothing.</summary>
        protected TextProtocol(Children children, ISerialPort port, LineBuffer buffer)
            : base(children, port)
        {
            Buffer = buffer;
            children.DueAt = IntervalMs; // it is not asked
        }

        /// <inheritdoc/>
        public override long DueAt => _isOpen ? Children.DueAt : _openAt;

        /// <inheritdoc/>
        public override void Receive(byte[] buffer, int count, long now)
        {
            for (int at = 0; at < count;)
            {
                at = Buffer.Take(buffer, at, count);
                if (Buffer.IsWhole)
                {
                    TakeLine(now);
                    Buffer.Length = 0;
                }
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (!_isOpen)
            {
                ChildRule rule = Children.Rules[Child];
                _isOpen = Port.Open(rule.Get(ChildRule.Baud) * ChildRule.BaudStep, rule.Get(ChildRule.Parity), 1);
                _openAt = now + OpenPause;
            }

            if (now >= Children.DueAt)
            {
                Report(now);
            }
        }

        private int IntervalMs => Children.Rules[Child].Get(ChildRule.Interval) * 1000;

        /// <summary>Takes the line in the buffer.</summary>
        protected abstract void TakeLine(long now);

        /// <summary>A channel has a value.</summary>
        protected void Put(int index, int value)
        {
            Frame.PutInt(Children.Values, index * ReadingGroup.ValueLength, value);
            Fresh |= 1 << index;
        }

        /// <summary>Some channels have no value any more.</summary>
        protected void Forget(int mask)
        {
            Fresh &= ~mask;
            _known &= ~mask;
            _before &= ~mask;
        }

        /// <summary>Reports what is fresh; a child without that counts as silent.</summary>
        protected virtual void Report(long now)
        {
            int fresh = Fresh;
            Fresh = 0;
            if (now >= _knownUntil)
            {
                _before = _known;
                _known = 0;
                _knownUntil = now + ((long)IntervalsHeld * IntervalMs);
            }

            _known |= fresh;
            Children.Hold(_known | _before);
            IsSilent = fresh == 0;
            if (!IsSilent)
            {
                Children.Answered(Child, fresh, Fault, now);
            }
            else
            {
                Children.Failed(Child, _isOpen ? Silence : NoLine, now, 0);
            }

            // It is not polled: it has its interval since this.
            Children.Plan(Child, IntervalMs, now);
        }
    }
}
