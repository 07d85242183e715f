using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Diagnostics.Methods
{
    /// <summary><c>info</c>: what this device is and how it is doing.</summary>
    public sealed class InfoMethod : IQuery
    {
        private readonly Hardware _hardware;
        private readonly Sampler _sampler;
        private readonly Outbox _outbox;
        private readonly Counters _counters;
        private readonly string _version;
        private readonly BootRecord _boot;
        private readonly Health _health;
        private readonly ISettingsRevision _settings;
        private readonly IStatusMember _power;
        private readonly IStatusMember _update;

        /// <summary>Creates the method.</summary>
        /// <param name="hardware">Identity, clock, network, memory, inbox.</param>
        /// <param name="sampler">The sensors.</param>
        /// <param name="outbox">The readings that wait.</param>
        /// <param name="counters">What went wrong.</param>
        /// <param name="version">Version of the firmware.</param>
        /// <param name="boot">Number of this run, safe mode, what became of the run before.</param>
        /// <param name="health">Heap, longest step, ...</param>
        /// <param name="settings">Knows their revision; null when there is none.</param>
        /// <param name="power">Battery and energy; null when there is nothing to tell.</param>
        /// <param name="update">Where updates stand; null for a board that cannot be updated.</param>
        public InfoMethod(Hardware hardware, Sampler sampler, Outbox outbox, Counters counters, string version, BootRecord boot, Health health, ISettingsRevision settings, IStatusMember power, IStatusMember update = null)
        {
            _hardware = hardware;
            _sampler = sampler;
            _outbox = outbox;
            _counters = counters;
            _version = version;
            _boot = boot;
            _health = health;
            _settings = settings;
            _power = power;
            _update = update;
        }

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
            result.Member("outbox", _outbox.Count);
            WriteCounters(result);
            WriteDiagnostics(result);
            WriteMember(result, _power);
            WriteMember(result, _update);

            result.EndObject();
            return null;
        }

        private static void WriteMember(JsonWriter result, IStatusMember member)
        {
            if (member != null)
            {
                result.Name(member.Name);
                member.WriteTo(result);
            }
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
            result.Member("id", _hardware.Identity.DeviceId);
            result.Member("version", _version);
            result.Member("board", _hardware.Identity.Board);
            result.Member("boot", _boot.Count);
            result.Member("wake", _hardware.Identity.WakeCause);
        }

        private void WriteState(JsonWriter result)
        {
            result.Member("uptime", _hardware.Clock.Uptime / 1000);
            if (_hardware.Clock.IsSynchronized)
            {
                result.Member("time", _hardware.Clock.UtcSeconds);
                WriteKnown(result, "timeAge", ClockAccuracy.AgeSeconds(_hardware.Clock));
                WriteKnown(result, "timeError", ClockAccuracy.ErrorSeconds(_hardware.Clock));
            }

            result.Member("freeMemory", _health.MeasureHeap());
            result.Member("address", _hardware.Network.Address);
            if (_hardware.Network.SignalDbm != 0)
            {
                result.Member("signal", _hardware.Network.SignalDbm);
            }
        }

        private void WriteSensors(JsonWriter result)
        {
            result.Name("sensors");
            result.BeginArray();
            for (int i = 0; i < _sampler.Monitors.Length; i++)
            {
                SensorMonitor monitor = _sampler.Monitors[i];
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
            result.Member("reconnects", _counters.Reconnects);
            result.Member("silentLinks", _counters.SilentLinks);
            result.Member("sessionsLost", _counters.SessionsLost);
            result.Member("radioRestarts", _counters.RadioRestarts);
            result.Member("requests", _counters.Requests);
            result.Member("refused", _counters.Refused);
            result.Member("messagesDropped", _hardware.Inbox.Dropped);
            result.Member("readings", _counters.Readings);
            result.Member("readingsDropped", _counters.ReadingsDropped);
            result.Member("eventsDropped", _counters.EventsDropped);
            result.Member("answersDropped", _counters.ResponsesDropped);
            result.Member("sensorFaults", _counters.SensorFaults);
            result.Member("storageFaults", _counters.StorageFaults);
            result.Member("badBlocks", _counters.BadBlocks);
            result.Member("exceptions", _counters.Exceptions);
            result.EndObject();
        }

        private void WriteDiagnostics(JsonWriter result)
        {
            result.Name("health");
            _health.WriteTo(result);
            result.Name("safeMode");
            result.Boolean(_boot.IsSafeMode);
            result.Name("bootRecord");
            result.BeginObject();
            _boot.WriteTo(result);
            result.EndObject();
            if (_settings != null)
            {
                result.Member("settingsRevision", _settings.Revision);
            }
        }
    }
}
