using System;
using System.Device.Gpio;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>A digital input whose edges the runtime reports, on a thread of its own.</summary>
    internal sealed class EdgeInput : IInputPin
    {
        private readonly GpioPin _pin;
        private readonly ILinkEventSink _sink; // null for one that counts
        private readonly PinEventTypes _counted;

        // Each field has one thread that writes it, but this flag: at worst there is one signal too many.
        private bool _isSignaled;
        private int _state; // the edges from bit 1, and the level that the last of both kinds has led to: read and written in one
        private int _taken;

        internal EdgeInput(GpioPin pin, ILinkEventSink sink, PinEventTypes counted, int debounceMs)
        {
            _pin = pin;
            _sink = sink;
            _counted = counted;
            if (debounceMs > 0)
            {
                pin.DebounceTimeout = new TimeSpan(debounceMs * TimeSpan.TicksPerMillisecond);
            }

            _state = (bool)pin.Read() ? 1 : 0;
            _taken = _state;
            pin.ValueChanged += OnChanged;
        }

        /// <inheritdoc/>
        public bool IsHigh => (bool)_pin.Read();

        /// <inheritdoc/>
        public int TakeEdges()
        {
            _isSignaled = false;
            int state = _state;

            // Without the level in both, so that the difference is right when the number has turned negative.
            int edges = ((state & ~1) - (_taken & ~1)) >> 1;
            _taken = state;
            return edges;
        }

        /// <inheritdoc/>
        public bool WasHigh => (_taken & 1) != 0;

        /// <inheritdoc/>
        public void Close() => _pin.Dispose();

        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            int edges = _state >> 1;
            bool isCounted = (e.ChangeType & _counted) != 0;
            _state = ((edges + (isCounted ? 1 : 0)) << 1) | (e.ChangeType == PinEventTypes.Rising ? 1 : 0);
            if (!isCounted)
            {
                return;
            }

            if (_sink != null && !_isSignaled)
            {
                // Created first: without the memory for it the next edge signals.
                LinkEvent signal = new LinkEvent(LinkEventKind.Signal, 0);
                _isSignaled = true;
                _sink.Post(signal);
            }
        }
    }
}
