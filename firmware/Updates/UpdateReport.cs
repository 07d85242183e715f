using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Updates
{
    /// <summary>What is told of updates: in events, in <c>update.status</c> and in <c>info</c>.</summary>
    internal sealed class UpdateReport : IStatusMember
    {
        private readonly UpdateMachine _machine;
        private readonly UpdateTransfer _transfer;
        private readonly UpdateRecord _record;
        private readonly IUpdateSlots _slots;
        private readonly EventQueue _events;

        internal UpdateReport(UpdateMachine machine, UpdateTransfer transfer, UpdateRecord record, IUpdateSlots slots, EventQueue events)
        {
            _machine = machine;
            _transfer = transfer;
            _record = record;
            _slots = slots;
            _events = events;
        }

        /// <inheritdoc/>
        public string Name => "update";

        /// <summary>The gate that was shut when they were looked at last; null for none.</summary>
        internal string Gate { get; set; }

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer)
        {
            writer.BeginObject();
            writer.Member("state", Word(_machine.State));
            writer.Member("lwm2mState", _machine.Lwm2mState);
            writer.Member("version", _record.Version);
            WriteProgress(writer);
            writer.Member("gate", _machine.State == UpdateState.Waiting ? Gate : null);
            writer.Member("image", _slots.ImageVersion);
            writer.Member("builtIn", _slots.BuiltInVersion);
            writer.Member("result", _record.Result);
            if (_record.Result != UpdateResult.Initial)
            {
                writer.Member("outcome", UpdateResult.Text(_record.Result));
                writer.Member("reason", _record.Reason);
            }

            writer.EndObject();
        }

        /// <summary>What becomes of an offer that was accepted.</summary>
        internal void WriteAccepted(JsonWriter writer, string installed)
        {
            writer.BeginObject();
            writer.Member("state", Word(_machine.State));
            writer.Member("version", installed ?? _record.Version);
            if (installed != null)
            {
                writer.Member("result", UpdateResult.Success);
                writer.Member("reason", "installed already");
            }

            writer.EndObject();
        }

        /// <summary>Tells in an event how the update goes.</summary>
        internal void Tell(string state)
        {
            JsonWriter writer = Begin(state, _record.Version);
            WriteProgress(writer);
            writer.Member("gate", Gate);
            writer.Member("result", _record.Result);
            writer.Member("reason", _record.Reason);
            _record.WriteAsker(writer);
            _events.End(writer, false);
        }

        /// <summary>Tells in an event that an offer to all was refused.</summary>
        internal void TellRefused(int result, string reason)
        {
            JsonWriter writer = Begin("refused", null);
            writer.Member("result", result);
            writer.Member("reason", reason);
            _events.End(writer, false);
        }

        /// <summary>Tells in an event that an image failed while another one was on its way already.</summary>
        internal void TellReturned(string version, string reason)
        {
            JsonWriter writer = Begin("returned", version);
            writer.Member("result", UpdateResult.Failed);
            writer.Member("reason", reason);
            _events.End(writer, false);
        }

        /// <summary>Asks for the wanted block.</summary>
        internal byte[] Get()
        {
            JsonWriter get = new JsonWriter(64, 128);
            get.BeginObject();
            get.Member("version", _record.Version);
            get.Member("block", _transfer.Pull.Next);
            if (_transfer.Pull.Bad > 0)
            {
                get.Member("bad", _transfer.Pull.Bad);
            }

            get.EndObject();
            return get.ToArray();
        }

        private static JsonWriter Begin(string state, string version)
        {
            JsonWriter writer = EventQueue.Begin("update");
            writer.Member("state", state);
            writer.Member("version", version);
            return writer;
        }

        private static string Word(UpdateState state)
        {
            switch (state)
            {
                case UpdateState.Waiting:
                    return "waiting";
                case UpdateState.Downloading:
                    return "downloading";
                case UpdateState.Verifying:
                    return "verifying";
                case UpdateState.Installing:
                    return "installing";
                case UpdateState.Trial:
                    return "trial";
                default:
                    return "idle";
            }
        }

        private void WriteProgress(JsonWriter writer)
        {
            if (_transfer.Pull != null)
            {
                writer.Member("blocks", _transfer.Pull.Done);
                writer.Member("of", _transfer.Pull.Count);
            }
        }
    }
}
