using System.Collections;
using Firmware.Diagnostics;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Settings.Methods;
using Firmware.Telemetry;

namespace Firmware.Settings
{
    /// <summary>
    /// Changes settings on request: in use at once, with the next connection, or on trial with one. An event reports how a
    /// trial ended.
    /// </summary>
    internal sealed class SettingsModule : Module, ISettingsSink, ICalibrationStore
    {
        private const long RetryPause = 10000;
        private const int MaxFaultEvents = 5;

        private readonly SettingsStore _store;
        private readonly SettingsTrial _trial = new SettingsTrial();
        private DeviceContext _device;
        private byte[] _requestId;
        private string _from;
        private long _confirmAt = long.MaxValue;
        private bool _needsConnection;

        internal SettingsModule(SettingsStore store)
        {
            _store = store;
        }

        /// <summary>Loads the settings; an event reports each that could not be used. In safe mode those that worked last.</summary>
        internal void Load(BootRecord boot, EventQueue events)
        {
            _store.Load();
            if (boot.IsSafeMode)
            {
                _store.UseGood(boot.GoodRevision);
            }

            ArrayList faults = _store.Faults;
            for (int i = 0; i < faults.Count && i < MaxFaultEvents; i++)
            {
                SettingsFault fault = (SettingsFault)faults[i];
                events.Add("settings-fault", "path", fault.Path, fault.Reason);
            }

            if (faults.Count > MaxFaultEvents)
            {
                events.Add("settings-fault", "path", DeviceSettings.File, "and " + (faults.Count - MaxFaultEvents) + " more");
            }

            _store.Faults = null;
        }

        /// <inheritdoc/>
        public override string Name => "settings";

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[]
        {
            new SettingsGetMethod(_store),
            new SettingsSchemaMethod(_store.Current.Catalog),
            new SettingsSetMethod(_store, this),
            new SettingsResetMethod(_store, this),
        };

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override AwakeHold Hold => _store.IsOnTrial ? AwakeHold.Trial : AwakeHold.None;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            if (_store.WasReverted)
            {
                Report("rolled-back", "the device restarted before it was online with them");
            }
        }

        /// <inheritdoc/>
        public void Apply(DeviceSettings settings, SettingEffect effects, Request request)
        {
            _device.Log.Write(LogLevel.Information, "settings changed, revision " + _store.Revision);
            if ((effects & (SettingEffect.Reconnect | SettingEffect.Trial)) != 0)
            {
                _needsConnection = true;
                _device.Shutdown.RequestReconnect();
                _requestId = request == null ? null : request.CopyId();
                _from = request == null ? null : request.From;
            }

            Loop.Notify(ModuleEvent.Settings, settings, 0);
        }

        /// <inheritdoc/>
        public RpcError Save(string channel, long offset, long gain)
        {
            if (_store.IsOnTrial)
            {
                return RpcError.Conflict(null, "settings are on trial: retry when they are confirmed or rolled back");
            }

            DeviceSettings changed = _store.Current.WithCalibration(channel, offset, gain);
            if (changed == null)
            {
                return RpcError.Conflict("channel", "too many channels have settings: remove one from 'channels' first");
            }

            if (!_store.Save(changed, false))
            {
                return RpcError.InternalError("the settings could not be stored");
            }

            Loop.Notify(ModuleEvent.Settings, changed, 0);
            return null;
        }

        internal bool SetInterval(int seconds)
        {
            if (_store.IsOnTrial || _store.Current.Interval == seconds)
            {
                return !_store.IsOnTrial;
            }

            DeviceSettings changed = _store.Current.Copy();
            changed.Set(changed.Catalog.Describe(changed.Catalog.Sampling, Sampling.SamplingSettings.Interval), (long)seconds);
            if (!_store.Save(changed, false))
            {
                return false;
            }

            Loop.Notify(ModuleEvent.Settings, changed, 0);
            return true;
        }

        /// <summary>The device connects with the store's settings now.</summary>
        internal void Connecting(long now)
        {
            _needsConnection = false;
            if (_store.IsOnTrial)
            {
                _trial.Begin(now, _requestId, _from);
                Schedule();
            }
        }

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now)
        {
            if (!_needsConnection && _trial.Online(now))
            {
                Confirm(now);
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (now >= _confirmAt)
            {
                Confirm(now);
            }

            if (_trial.Tick(now))
            {
                RollBack("not online within " + (SettingsTrial.Limit / 1000) + " s");
            }

            Schedule();
        }

        /// <summary>Changes settings for a person at the device: what is wrong, with its key; null when they are in use or on trial.</summary>
        internal string Change(byte[] json)
        {
            JsonReader reader = new JsonReader(SettingsSource.MaxFile);
            if (_store.IsOnTrial || !reader.TryParse(json, 0, json.Length))
            {
                return _store.IsOnTrial ? "settings are on trial" : reader.Describe();
            }

            SettingsChange change = new SettingsChange(_store.Current, reader);
            for (int name = reader.First(0); name != JsonReader.None; name = reader.Next(name))
            {
                reader.TryGetString(name, out string key);
                change.Add(key, reader.ValueOf(name));
            }

            SettingKey wrong = change.Apply();
            if (wrong != null)
            {
                return wrong.Text + ": " + wrong.Reason;
            }

            if (change.Effects != SettingEffect.None)
            {
                if (!_store.Save(change.After, (change.Effects & SettingEffect.Trial) != 0))
                {
                    return "the settings could not be stored";
                }

                Apply(_store.Current, change.Effects, null);
            }

            return null;
        }

        internal void RollBack(string reason)
        {
            if (!_store.IsOnTrial)
            {
                return;
            }

            // First of all: whatever fails after it, the device goes back to the broker that worked.
            _trial.End();
            _needsConnection = true;
            _device.Shutdown.RequestReconnect();
            Loop.Notify(ModuleEvent.Settings, _store.RollBack(), 0);
            Report("rolled-back", reason);
            Schedule();
        }

        internal bool HasTrial => _store.IsOnTrial;

        internal bool IsTrialConnecting => _trial.IsRunning;

        private void Schedule() => RunAt(_trial.DueAt < _confirmAt ? _trial.DueAt : _confirmAt);

        private void Confirm(long now)
        {
            _confirmAt = now + RetryPause;
            Schedule();
            if (_store.Confirm())
            {
                _confirmAt = long.MaxValue;
                Schedule();
                Report("confirmed", null);
            }
        }

        private void Report(string state, string reason)
        {
            JsonWriter writer = EventQueue.Begin("settings");
            writer.Member("state", state);
            writer.Member("revision", _store.Revision);
            if (reason != null)
            {
                writer.Member("reason", reason);
            }

            if (_trial.RequestId != null)
            {
                writer.Name("request");
                writer.Raw(_trial.RequestId, 0, _trial.RequestId.Length);
                writer.Member("from", _trial.From);
            }

            _device.Events.End(writer, false);
            _device.Log.Write(reason == null ? LogLevel.Information : LogLevel.Warning, "settings " + state + ", revision " + _store.Revision);
        }
    }
}
