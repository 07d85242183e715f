using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A digital input that the test moves.</summary>
    public sealed class FakeInputPin : IInputPin
    {
        private readonly FakeInputPins _pins;
        private readonly bool _isCounter;
        private int _edges;
        private bool _isSignaled;

        public FakeInputPin(FakeInputPins pins, bool isHigh, bool isCounter)
        {
            _pins = pins;
            IsHigh = isHigh;
            WasHigh = isHigh;
            _isCounter = isCounter;
        }

        public bool IsHigh { get; private set; }

        public bool WasHigh { get; private set; }

        /// <summary>How often it was asked for its edges.</summary>
        public int Asked { get; private set; }

        /// <summary>For one that counts.</summary>
        public bool CountsFalling { get; set; }

        public bool IsClosed { get; private set; }

        /// <summary>Moves it; a level that it has already is no edge.</summary>
        public void Set(bool isHigh)
        {
            if (IsHigh == isHigh)
            {
                return;
            }

            IsHigh = isHigh;
            _edges += _isCounter && isHigh == CountsFalling ? 0 : 1;
            if (!_isSignaled && !_isCounter)
            {
                _isSignaled = true;
                _pins.Sink.Post(new LinkEvent(LinkEventKind.Signal, 0));
            }
        }

        /// <summary>Moves it without the interrupt.</summary>
        public void Drop(bool isHigh) => IsHigh = isHigh;

        /// <summary>Pulses of a meter.</summary>
        public void Count(int pulses) => _edges += pulses;

        public int TakeEdges()
        {
            Asked++;
            _isSignaled = false;
            int edges = _edges;
            _edges = 0;
            WasHigh = IsHigh;
            return edges;
        }

        public void Close() => IsClosed = true;
    }
}
