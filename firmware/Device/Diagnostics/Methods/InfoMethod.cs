using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;

namespace Firmware.Diagnostics.Methods
{
    /// <summary><c>info</c>: what this device is and how it is doing.</summary>
    public sealed class InfoMethod : IQuery
    {
        private readonly DeviceContext _device;
        private readonly SettingsStore _store;
        private readonly Health _health;

        /// <summary>Creates the method.</summary>
        /// <param name="device">Identity, sensors, readings that wait, counters, boot record.</param>
        /// <param name="store">Knows the settings' revision.</param>
        /// <param name="health">Heap, longest step, ...</param>
        public InfoMethod(DeviceContext device, SettingsStore store, Health health)
        {
            _device = device;
            _store = store;
            _health = health;
        }

        /// <summary>What modules add; set once they have started.</summary>
        public IStatusMember[] Members = new IStatusMember[0];

        /// <inheritdoc/>
        public string Name => "info";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            result.BeginObject();
            WriteIdentity(result);
            WriteState(result);
            WriteSensors(result);
            result.Member("outbox", _device.Outbox == null ? 0 : _device.Outbox.Count);
            WriteCounters(result);
            WriteDiagnostics(result);
            for (int i = 0; i < Members.Length; i++)
            {
                Presence.Write(result, Members[i]);
            }

            result.EndObject();
            return null;
        }

        private static void WriteKnown(JsonWriter result, string name, long value)
        {
            if (value >= 0)
            {
                result.Member(name, value);
            }
        }

        private void WriteIdentity(JsonWriter result)
        {
            result.Member("id", _device.Identity.DeviceId);
            result.Member("version", _device.Version);
            result.Member("board", _device.Identity.Board);
            result.Member("boot", _device.BootCount);
            result.Member("wake", _device.Identity.WakeCause);
        }

        private void WriteState(JsonWriter result)
        {
            result.Member("uptime", _device.Clock.Uptime / 1000);
            if (_device.Clock.IsSynchronized)
            {
                result.Member("time", _device.Clock.UtcSeconds);
                WriteKnown(result, "timeAge", ClockAccuracy.AgeSeconds(_device.Clock));
                WriteKnown(result, "timeError", ClockAccuracy.ErrorSeconds(_device.Clock));
            }

            result.Member("freeMemory", _health.MeasureHeap());
            result.Member("address", _device.Network.Address);
            if (_device.Network.SignalDbm != 0)
            {
                result.Member("signal", _device.Network.SignalDbm);
            }
        }

        private void WriteSensors(JsonWriter result)
        {
            result.Name("sensors");
            result.BeginArray();
            SensorMonitor[] monitors = _device.Sampler == null ? new SensorMonitor[0] : _device.Sampler.Monitors;
            for (int i = 0; i < monitors.Length; i++)
            {
                SensorMonitor monitor = monitors[i];
                if (monitor.WasSeen)
                {
                    result.BeginObject();
                    result.Member("name", monitor.Name);
                    result.Name("present");
                    result.Boolean(monitor.IsPresent);
                    result.Name("channels");
                    result.BeginArray();
                    for (int j = 0; j < monitor.Channels.Length; j++)
                    {
                        result.String(monitor.Channels[j].Name);
                    }

                    result.EndArray();
                    result.EndObject();
                }
            }

            result.EndArray();
        }

        private void WriteCounters(JsonWriter result)
        {
            result.Name("counters");
            result.BeginObject();
            result.Member("reconnects", _device.Counters.Reconnects);
            result.Member("silentLinks", _device.Counters.SilentLinks);
            result.Member("sessionsLost", _device.Counters.SessionsLost);
            result.Member("radioRestarts", _device.Counters.RadioRestarts);
            result.Member("requests", _device.Counters.Requests);
            result.Member("refused", _device.Counters.Refused);
            result.Member("security", _device.Counters.Security);
            result.Member("messagesDropped", _device.Inbox.Dropped);
            result.Member("readings", _device.Counters.Readings);
            result.Member("readingsDropped", _device.Counters.ReadingsDropped);
            result.Member("eventsDropped", _device.Counters.EventsDropped);
            result.Member("answersDropped", _device.Counters.ResponsesDropped);
            result.Member("sensorFaults", _device.Counters.SensorFaults);
            result.Member("storageFaults", _device.Counters.StorageFaults);
            result.Member("badBlocks", _device.Counters.BadBlocks);
            result.Member("exceptions", _device.Counters.Exceptions);
            result.EndObject();
        }

        private void WriteDiagnostics(JsonWriter result)
        {
            result.Name("safeMode");
            result.Boolean(_device.IsSafeMode);
            result.Name("bootRecord");
            result.BeginObject();
            _device.Boot.WriteTo(result);
            result.EndObject();
            result.Member("settingsRevision", _store.Revision);
        }
    }
}
