using Firmware.Actuation;
using Firmware.Actuation.Methods;
using Firmware.Diagnostics.Methods;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Shutdown;
using Firmware.Telemetry;

namespace Firmware.Diagnostics
{
    /// <summary>How the device is doing: health, log, boot record, safe mode, and the LED that shows which one it is.</summary>
    internal sealed class DiagnosticsModule : Module
    {
        private const int LowMemory = 8192;

        private Hardware _hardware; // until the start
        private readonly SettingsStore _store;
        private DeviceContext _device;
        private DeviceLog _log;
        private Blinker _led;
        private IStatusMember[] _members;
        private int _startRevision;
        private int _dropped; // messages, reported so far

        internal DiagnosticsModule(Hardware hardware, SettingsStore store)
        {
            _hardware = hardware;
            _store = store;
        }

        internal Health Health;

        /// <inheritdoc/>
        public override string Name => "diagnostics";

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[]
        {
            new InfoMethod(_device, _store, Health) { Members = _members },
            new HealthMethod(Health),
            new LogReadMethod(_log),
            new IdentifyMethod(_led),
        };

        /// <inheritdoc/>
        public override IStatusMember Status => Health;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            _startRevision = _store.Revision;
            _log = new DeviceLog(device.Clock, device.Settings.LogSize);
            device.Log = _log;
            Loop.Log = _log;
            device.Publisher.Add(_log, MessageRank.Log);
            Health = new Health(_hardware, device);
            _led = new Blinker(_hardware.Led, device.Clock);
            _hardware = null;
            OnSettings(device.Settings);
            RunAt(0);
        }

        /// <summary>Sets what the modules add to <c>info</c>.</summary>
        internal void Collect(IStatusMember[] members) => _members = members;

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            _led.Tick(now);
            if (now >= Health.DueAt)
            {
                ReportDropped(_device.Inbox.Dropped);
            }

            Health.Tick(now);
            if (Health.Heap < LowMemory)
            {
                Loop.ReleaseMemory();
            }

            if (_device.Boot.Tick(now, _startRevision))
            {
                _device.Shutdown.RequestRestart("safe mode ended");
            }

            long due = Health.DueAt;
            due = _led.DueAt < due ? _led.DueAt : due;
            RunAt(_device.Boot.DueAt < due ? _device.Boot.DueAt : due);
        }

        /// <inheritdoc/>
        public override void OnSettings(DeviceSettings settings) => _log.Published = settings.LogLevel;

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now)
        {
            _device.Boot.Reached(BootStage.Online);
            _log.Write(LogLevel.Information, "online at " + _device.Connection.Broker.Host);
            RunAt(0);
        }

        /// <inheritdoc/>
        public override void OnClosed(ShutdownReason reason)
        {
            _device.Events.Save(_device.Storage);
            _device.Boot.End(_device.Shutdown.Cause);
        }

        /// <inheritdoc/>
        public override void OnLowMemory() => _log.Release();

        private void ReportDropped(int dropped)
        {
            if (dropped != _dropped)
            {
                _device.Events.Add("messages-dropped", null, null, (dropped - _dropped).ToString() + " messages dropped: too many at once, or too large");
                _dropped = dropped;
            }
        }
    }
}
