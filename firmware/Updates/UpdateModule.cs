using Firmware.Cryptography;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware.Updates
{
    /// <summary>
    /// Updates over the air: takes signed offers, downloads the image in blocks, starts it on trial, and keeps it when it works.
    /// </summary>
    public sealed partial class UpdateModule : Module, IStatusMember
    {
        private const string ManifestLevel = "/manifest";

        private readonly IUpdateSlots _slots;
        private readonly RsaKey[] _keys;
        private readonly IKeyedDigest _digest;
        private readonly UpdateSettings _settings = new UpdateSettings();
        private DeviceContext _device;
        private UpdateProcess _process;

        /// <summary>Creates the module; nothing is read yet.</summary>
        /// <param name="slots">The images of the application.</param>
        /// <param name="keys">RSA public keys of those who may sign releases: two, so that one can replace the other; null elements are allowed.</param>
        /// <param name="digest">HMAC-SHA256 of the runtime; null to compute it in managed code, which takes 0.3 s for a block.</param>
        public UpdateModule(IUpdateSlots slots, RsaKey[] keys, IKeyedDigest digest)
        {
            _slots = slots;
            _keys = keys;
            _digest = digest ?? new Sha256();
        }

        /// <inheritdoc/>
        public override string Name => "updates";

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override bool IsOnTrial => _slots.IsOnTrial;

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[]
        {
            new UpdateCommand(this, OfferName),
            new UpdateStatus(this, StatusName),
            new UpdateCommand(this, CancelName),
            new UpdateCommand(this, ConfirmName),
            new UpdateCommand(this, RevertName),
        };

        /// <inheritdoc/>
        public override IStatusMember Info => _process.Report;

        /// <inheritdoc/>
        public override IStatusMember Status => this;

        /// <inheritdoc/>
        string IStatusMember.Name => _process.State == UpdateState.Idle ? null : "updating";

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer) => _process.Report.WriteProgressTo(writer);

        /// <inheritdoc/>
        public override string[] Topics => new[]
        {
            _device.Topics.Own + "update/block/+/+",
            _device.Topics.Prefix + "/update/" + _device.Identity.Board + ManifestLevel,
        };

        /// <inheritdoc/>
        public override AwakeHold Hold => (_process.IsDecisive ? AwakeHold.Trial : AwakeHold.None) | (_process.HoldsAwake ? AwakeHold.LongCap : AwakeHold.None);

        /// <inheritdoc/>
        public override bool NeedsRadio => _process.NeedsRadio;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            device.HasUpdates = true;
            _process = new UpdateProcess(device, _slots, _digest, _settings);
            WantsMeasurements = _slots.IsOnTrial;
            long now = device.Clock.Uptime;
            _process.Resume(now);
            Schedule(now);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            CheckPending(now);
            _process.Tick(now);
            Schedule(now);
        }

        /// <inheritdoc/>
        public override void OnMessage(LinkEvent message, long now)
        {
            if (message.Topic.EndsWith(ManifestLevel))
            {
                TakeRetained(message.Payload);
                CheckPending(now);
            }
            else
            {
                _process.TakeBlock(message, now);
            }

            Schedule(now);
        }

        /// <inheritdoc/>
        public override void OnOnline(bool isNewSession, long now)
        {
            if (_process.Download != null)
            {
                _process.Download.Reconnected(now);
            }

            _process.CheckHealth(now);
            Schedule(now);
        }

        /// <inheritdoc/>
        public override void OnMeasured(long now)
        {
            _process.IsMeasured = true;
            _process.CheckHealth(now);
            Schedule(now);
        }

        private void Schedule(long now)
        {
            long due = _process.DueAt(now);
            RunAt(_pending != null && !_process.IsDecisive && _quietUntil < due ? _quietUntil : due);
        }
    }
}
