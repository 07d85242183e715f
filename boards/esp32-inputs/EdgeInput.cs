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
        private int _edges;
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

            pin.ValueChanged += OnChanged;
        }

        /// <inheritdoc/>
        public bool IsHigh => (bool)_pin.Read();

        /// <inheritdoc/>
        public int TakeEdges()
        {
            _isSignaled = false;
            int edges = _edges;
            int taken = edges - _taken;
            _taken = edges;
            return taken;
        }

        /// <inheritdoc/>
        public void Close() => _pin.Dispose();

        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            if ((e.ChangeType & _counted) == 0)
            {
                return;
            }

            _edges++;
            if (_sink != null && !_isSignaled)
            {
                _isSignaled = true;
                _sink.Post(new LinkEvent(LinkEventKind.Signal, 0));
            }
        }
    }
}
