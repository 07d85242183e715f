using Firmware.Json;
using Firmware.Messaging;
using Firmware.Telemetry;

namespace Firmware.Updates
{
    /// <summary>What is published about updates: events, the response of <c>update.status</c>, the member of <c>info</c>.</summary>
    internal sealed class UpdateReport : IStatusMember
    {
        internal const string NotStored = "flash: the update could not be stored, offer it again";

        private readonly UpdateProcess _process;
        private readonly DeviceContext _device;

        internal UpdateReport(UpdateProcess process, DeviceContext device)
        {
            _process = process;
            _device = device;
        }

        /// <inheritdoc/>
        public string Name => "update";

        /// <summary>The gate that was closed at the last check.</summary>
        internal UpdateGate Gate;

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer)
        {
            writer.BeginObject();
            writer.Member("state", Word(_process.State));
            writer.Member("lwm2mState", _process.Lwm2mState);
            writer.Member("version", _process.Record.Version);
            WriteProgress(writer);
            writer.Member("gate", _process.State == UpdateState.Waiting ? Word(Gate) : null);
            writer.Member("image", _process.Slots.ImageVersion);
            writer.Member("builtIn", _process.Slots.BuiltInVersion);
            writer.Member("result", (long)_process.Record.Result);
            if (_process.Record.Result != UpdateResult.Initial)
            {
                writer.Member("outcome", Word(_process.Record.Result));
                writer.Member("reason", _process.Record.Reason);
            }

            writer.EndObject();
        }

        /// <summary>Writes the member of presence while there is an update: without a percentage it waits.</summary>
        internal void WriteProgressTo(JsonWriter writer)
        {
            writer.BeginObject();
            writer.Member("version", _process.Record.Version);
            if (_process.State != UpdateState.Waiting)
            {
                Manifest manifest = _process.State == UpdateState.Downloading ? _process.Download?.Manifest : null;
                writer.Member("percent", manifest == null ? 100 : _process.Download.Done * 100 / manifest.BlockCount);
            }

            writer.EndObject();
        }

        /// <summary>Writes the response to an offer that is not refused.</summary>
        internal void WriteResponse(JsonWriter writer, ManifestCheck check)
        {
            writer.BeginObject();
            writer.Member("state", Word(_process.State));
            writer.Member("version", check.Manifest.Version.Text);
            if (check.Reason == CheckReason.Installed)
            {
                writer.Member("result", (long)UpdateResult.Success);
                writer.Member("reason", "installed already");
            }

            writer.EndObject();
        }

        /// <summary>Reports a state of the update in progress.</summary>
        internal void Add(UpdateState state)
        {
            JsonWriter writer = Begin(state, _process.Record.Version);
            WriteProgress(writer);
            writer.Member("gate", Word(Gate));
            writer.Member("result", (long)_process.Record.Result);
            writer.Member("reason", _process.Record.Reason);
            _process.Record.WriteClient(writer);
            _device.Events.End(writer, false);

            // One that sleeps says it when it connects anyway.
            if (!_device.Sleeps)
            {
                _device.Presence.Refresh();
            }
        }

        /// <summary>Reports what is not about the update in progress: a refused offer (without version), or an earlier image.</summary>
        internal void Add(UpdateState state, string version, UpdateResult result, string reason)
        {
            JsonWriter writer = Begin(state, version);
            writer.Member("result", (long)result);
            writer.Member("reason", reason);
            _device.Events.End(writer, false);
        }

        /// <summary>The request for the wanted block.</summary>
        internal byte[] BlockRequest()
        {
            JsonWriter writer = new JsonWriter(64, 128);
            writer.BeginObject();
            writer.Member("version", _process.Record.Version);
            ImageDownload download = _process.Download;
            writer.Member("block", download.Next);
            if (download.Bad > 0)
            {
                writer.Member("bad", download.Bad);
            }

            writer.EndObject();
            return writer.ToArray();
        }

        private static JsonWriter Begin(UpdateState state, string version)
        {
            JsonWriter writer = EventQueue.Begin("update");
            writer.Member("state", Word(state));
            writer.Member("version", version);
            return writer;
        }

        private void WriteProgress(JsonWriter writer)
        {
            ImageDownload download = _process.Download;
            if (download != null && download.Manifest != null)
            {
                writer.Member("blocks", download.Done);
                writer.Member("of", download.Manifest.BlockCount);
            }
        }

        private static string Word(UpdateState state) => state switch
        {
            UpdateState.Waiting => "waiting",
            UpdateState.Downloading => "downloading",
            UpdateState.Verifying => "verifying",
            UpdateState.Installing => "installing",
            UpdateState.Trial => "trial",
            UpdateState.Confirmed => "confirmed",
            UpdateState.RolledBack => "rolled-back",
            UpdateState.Refused => "refused",
            UpdateState.Cancelled => "cancelled",
            UpdateState.Failed => "failed",
            _ => "idle",
        };

        private static string Word(UpdateGate gate) => gate switch
        {
            UpdateGate.Canary => "canary",
            UpdateGate.Battery => "battery",
            UpdateGate.Signal => "signal",
            UpdateGate.Hours => "hours",
            UpdateGate.Delay => "delay",
            _ => null,
        };

        private static string Word(UpdateResult result) => result switch
        {
            UpdateResult.Success => "success",
            UpdateResult.NotEnoughFlash => "not enough flash",
            UpdateResult.OutOfRam => "out of RAM",
            UpdateResult.ConnectionLost => "connection lost",
            UpdateResult.IntegrityFailure => "integrity check failure",
            UpdateResult.UnsupportedPackage => "unsupported package type",
            UpdateResult.InvalidUri => "invalid URI",
            UpdateResult.Failed => "update failed",
            UpdateResult.UnsupportedProtocol => "unsupported protocol",
            UpdateResult.Cancelled => "cancelled",
            UpdateResult.Deferred => "deferred",
            _ => "initial",
        };
    }
}
