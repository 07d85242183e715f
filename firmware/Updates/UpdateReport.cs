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
            Write(writer, "state", Word(_machine.State));
            WriteNumber(writer, "lwm2mState", _machine.Lwm2mState);
            Write(writer, "version", _record.Version);
            WriteProgress(writer);
            Write(writer, "gate", _machine.State == UpdateState.Waiting ? Gate : null);
            Write(writer, "image", _slots.ImageVersion);
            Write(writer, "builtIn", _slots.BuiltInVersion);
            WriteNumber(writer, "result", _record.Result);
            if (_record.Result != UpdateResult.Initial)
            {
                Write(writer, "outcome", UpdateResult.Text(_record.Result));
                Write(writer, "reason", _record.Reason);
            }

            writer.EndObject();
        }

        /// <summary>What becomes of an offer that was accepted.</summary>
        internal void WriteAccepted(JsonWriter writer, string installed)
        {
            writer.BeginObject();
            Write(writer, "state", Word(_machine.State));
            Write(writer, "version", installed ?? _record.Version);
            if (installed != null)
            {
                WriteNumber(writer, "result", UpdateResult.Success);
                Write(writer, "reason", "installed already");
            }

            writer.EndObject();
        }

        /// <summary>Tells in an event how the update goes.</summary>
        internal void Tell(string state)
        {
            JsonWriter writer = Begin(state, _record.Version);
            WriteProgress(writer);
            Write(writer, "gate", Gate);
            WriteNumber(writer, "result", _record.Result);
            Write(writer, "reason", _record.Reason);
            _record.WriteAsker(writer);
            _events.End(writer, false);
        }

        /// <summary>Tells in an event that an offer to all was refused.</summary>
        internal void TellRefused(int result, string reason)
        {
            JsonWriter writer = Begin("refused", null);
            WriteNumber(writer, "result", result);
            Write(writer, "reason", reason);
            _events.End(writer, false);
        }

        /// <summary>Tells in an event that an image failed while another one was on its way already.</summary>
        internal void TellReturned(string version, string reason)
        {
            JsonWriter writer = Begin("returned", version);
            WriteNumber(writer, "result", UpdateResult.Failed);
            Write(writer, "reason", reason);
            _events.End(writer, false);
        }

        /// <summary>Asks for the wanted block.</summary>
        internal byte[] Get()
        {
            JsonWriter get = new JsonWriter(64, 128);
            get.BeginObject();
            Write(get, "version", _record.Version);
            WriteNumber(get, "block", _transfer.Pull.Next);
            if (_transfer.Pull.Bad > 0)
            {
                WriteNumber(get, "bad", _transfer.Pull.Bad);
            }

            get.EndObject();
            return get.ToArray();
        }

        private static JsonWriter Begin(string state, string version)
        {
            JsonWriter writer = EventQueue.Begin("update");
            Write(writer, "state", state);
            Write(writer, "version", version);
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

        private static void Write(JsonWriter writer, string name, string value)
        {
            if (value != null)
            {
                writer.Name(name);
                writer.String(value);
            }
        }

        private static void WriteNumber(JsonWriter writer, string name, long value)
        {
            writer.Name(name);
            writer.Number(value);
        }

        private void WriteProgress(JsonWriter writer)
        {
            if (_transfer.Pull != null)
            {
                WriteNumber(writer, "blocks", _transfer.Pull.Done);
                WriteNumber(writer, "of", _transfer.Pull.Count);
            }
        }
    }
}
