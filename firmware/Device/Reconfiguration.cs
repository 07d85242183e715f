using Firmware.Diagnostics;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>
    /// Has changed settings used: at once, with the next connection, or on trial with one. An event tells how a trial
    /// ended.
    /// </summary>
    internal sealed class Reconfiguration : ISettingsUser, ISettingsRevision, ICalibrationStore
    {
        private const long RetryPause = 10000;

        private readonly SettingsStore _store;
        private readonly EventQueue _events;
        private readonly ILog _log;
        private readonly SettingsTrial _trial = new SettingsTrial();
        private ISettingsTarget _target;
        private byte[] _requestId;
        private string _from;
        private long _keepAt = long.MaxValue;

        internal Reconfiguration(SettingsStore store, EventQueue events, ILog log)
        {
            _store = store;
            _events = events;
            _log = log;
        }

        /// <inheritdoc/>
        public int Revision => _store.Revision;

        /// <summary>Whether the device is to connect anew, with the store's settings.</summary>
        internal bool NeedsConnection { get; private set; }

        /// <summary>Whether settings are on trial, or about to be.</summary>
        internal bool IsOnTrial => _store.IsOnTrial;

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        internal long DueAt => _trial.DueAt < _keepAt ? _trial.DueAt : _keepAt;

        /// <inheritdoc/>
        public void Use(DeviceSettings settings, SettingEffect effects, Request request)
        {
            _log.Write(LogLevel.Information, "settings changed, revision " + _store.Revision);
            if ((effects & (SettingEffect.Reconnect | SettingEffect.Trial)) != 0)
            {
                NeedsConnection = true;
                _requestId = request.CopyId();
                _from = request.From;
            }

            _target.Apply(settings);
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
                return RpcError.Conflict("channel", "there are settings for too many channels already");
            }

            if (!_store.Save(changed, false))
            {
                return RpcError.InternalError("the settings could not be stored");
            }

            _target.Apply(changed);
            return null;
        }

        /// <summary>Names who uses the settings; told of those that the last run has left on trial.</summary>
        internal void Start(ISettingsTarget target)
        {
            _target = target;
            if (_store.WasReverted)
            {
                Report("rolled-back", "the device restarted before it was online with them");
            }
        }

        /// <summary>The device connects with the store's settings now.</summary>
        internal void Connects(long now)
        {
            NeedsConnection = false;
            if (_store.IsOnTrial)
            {
                _trial.Begin(now, _requestId, _from);
            }
        }

        /// <summary>The device is online.</summary>
        internal void Online(long now)
        {
            if (!NeedsConnection && _trial.Online(now))
            {
                Keep(now);
            }
        }

        /// <summary>Does what time has made due.</summary>
        internal void Tick(long now)
        {
            if (now >= _keepAt)
            {
                Keep(now);
            }

            if (_trial.Tick(now))
            {
                _target.Apply(_store.Revert());
                NeedsConnection = true;
                Report("rolled-back", "not online within " + (SettingsTrial.Limit / 1000) + " s");
            }
        }

        private void Keep(long now)
        {
            bool isKept = _store.Keep();
            _keepAt = isKept ? long.MaxValue : now + RetryPause;
            if (isKept)
            {
                Report("confirmed", null);
            }
        }

        private void Report(string state, string reason)
        {
            JsonWriter writer = EventQueue.Begin("settings");
            writer.Name("state");
            writer.String(state);
            writer.Name("revision");
            writer.Number(_store.Revision);
            if (reason != null)
            {
                writer.Name("reason");
                writer.String(reason);
            }

            if (_trial.RequestId != null)
            {
                writer.Name("request");
                writer.Raw(_trial.RequestId, 0, _trial.RequestId.Length);
                writer.Name("from");
                writer.String(_trial.From);
            }

            _events.End(writer, false);
            _log.Write(reason == null ? LogLevel.Information : LogLevel.Warning, "settings " + state + ", revision " + _store.Revision);
        }
    }
}
