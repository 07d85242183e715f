using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Diagnostics
{
    /// <summary>Health of the device: heap, longest step of the loop, waiting readings, signal strength. A JSON object of at most 260 bytes.</summary>
    public sealed class Health : IStatusMember
    {
        /// <summary>Milliseconds between two measurements of the heap: each collects, which costs some milliseconds.</summary>
        public const long HeapPause = 60000;

        private readonly IMemory _memory;
        private readonly DeviceContext _device;
        private int _heapLow = int.MaxValue;
        private long _step;
        private long _stepAt;

        /// <summary>Creates it; nothing is measured yet.</summary>
        /// <param name="hardware">Clock, memory, network.</param>
        /// <param name="device">The readings that wait; reconnects, dropped readings.</param>
        public Health(Hardware hardware, DeviceContext device)
        {
            _memory = hardware.Memory;
            _device = device;
        }

        /// <inheritdoc/>
        public string Name => "health";

        /// <summary>Free bytes of the heap when it was last measured: what decides whether to shed the history and the log.</summary>
        public int Heap;

        /// <summary>Uptime in milliseconds at which the heap is measured next.</summary>
        public long DueAt;

        /// <summary>Takes note of how long a step of the loop took.</summary>
        /// <param name="from">Uptime in milliseconds at its beginning.</param>
        /// <param name="to">Uptime at its end.</param>
        public void Stepped(long from, long to)
        {
            if (to - from > _step)
            {
                _step = to - from;
                _stepAt = from;
            }
        }

        /// <summary>Measures the heap, when that was not done within the last minute. </summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void Tick(long now)
        {
            if (now >= DueAt)
            {
                MeasureHeap();
            }
        }

        /// <summary>Measures the heap now.</summary>
        /// <returns>Free bytes.</returns>
        public int MeasureHeap()
        {
            DueAt = _device.Clock.Uptime + HeapPause;
            Heap = _memory.FreeBytes;
            _heapLow = Heap < _heapLow ? Heap : _heapLow;
            return Heap;
        }

        /// <summary>
        /// Writes <c>{"heap":…, "heapLow":…, "step":…, "stepAt":…, "outbox":…, "signal":…, "reconnects":…, "dropped":…,
        /// "uptime":…}</c>: free bytes, at most a minute ago and at the least; the longest step of this run in ms, and the
        /// uptime in s at which it was; readings that wait; dBm, absent while unknown; reconnections and readings that had to
        /// go in this run; s.
        /// </summary>
        /// <param name="writer">Receives one object.</param>
        public void WriteTo(JsonWriter writer)
        {
            Tick(_device.Clock.Uptime);
            writer.BeginObject();
            writer.Member("heap", Heap);
            writer.Member("heapLow", _heapLow);
            writer.Member("step", _step);
            writer.Member("stepAt", _stepAt / 1000);
            writer.Member("outbox", _device.Outbox == null ? 0 : _device.Outbox.Count);
            int signal = _device.Network.SignalDbm;
            if (signal != 0)
            {
                writer.Member("signal", signal);
            }

            writer.Member("reconnects", _device.Counters.Reconnects);
            writer.Member("dropped", _device.Counters.ReadingsDropped);
            writer.Member("uptime", _device.Clock.Uptime / 1000);
            writer.EndObject();
        }
    }
}
