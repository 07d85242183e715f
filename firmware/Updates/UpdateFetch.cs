using Firmware.Platform;
using Firmware.Updates;

namespace Firmware
{
    /// <summary>
    /// Fetches the blocks of an update, one at a time, while its gates are open. It says what has come of it as an event for the
    /// update's machine; <see cref="UpdateEvent.Tick"/> is nothing new.
    /// </summary>
    internal sealed class UpdateFetch
    {
        private const int MaxInVain = 3;
        private const int MaxInVainAwake = 1; // of a device that sleeps
        private const int MaxUnwritten = 5;
        private const long GatePause = 60000;
        private const int Quarters = 4;

        private readonly Parts _parts;
        private readonly UpdateTransfer _transfer;
        private readonly UpdateRecord _record;
        private readonly UpdateConditions _conditions;
        private readonly UpdateReport _report;
        private string _awaited;
        private long _startAt;
        private long _gateAt;

        internal UpdateFetch(Parts parts, UpdateTransfer transfer, UpdateRecord record, UpdateConditions conditions, UpdateReport report)
        {
            _parts = parts;
            _transfer = transfer;
            _record = record;
            _conditions = conditions;
            _report = report;
        }

        /// <summary>Uptime in milliseconds at which the gates are looked at again.</summary>
        internal long GateAt => _gateAt;

        /// <summary>Uptime in milliseconds at which there is something to do while blocks are fetched.</summary>
        internal long DueAt
        {
            get
            {
                long ask = _parts.Connection.IsOnline ? _transfer.Pull.DueAt : long.MaxValue;
                return ask < _gateAt ? ask : _gateAt;
            }
        }

        /// <summary>Whether servers are of use: those that are not empty no battery.</summary>
        internal bool IsFruitful => _transfer.Pull.Unanswered < (_parts.Sleeps ? MaxInVainAwake : MaxInVain) && _transfer.Pull.Bad < MaxInVain;

        /// <summary>Whether all gates are open.</summary>
        internal bool IsOpen => ShutGate == null;

        /// <summary>The gate that is shut; null for none.</summary>
        internal string ShutGate => _conditions.ShutGate(_record, _startAt);

        /// <summary>An update is to be fetched.</summary>
        /// <param name="delay">Milliseconds by which it is put off.</param>
        internal void Begin(int delay)
        {
            _startAt = _parts.Hardware.Clock.Uptime + delay;
            _gateAt = 0;
        }

        /// <summary>Looks at the gates when it is time.</summary>
        internal UpdateEvent CheckGates(long now)
        {
            if (now < _gateAt)
            {
                return UpdateEvent.Tick;
            }

            string gate = ShutGate;
            _gateAt = gate == "delay" && _startAt < now + GatePause ? _startAt : now + GatePause;
            _report.Gate = gate;
            return gate == null ? UpdateEvent.GatesOpen : UpdateEvent.GatesShut;
        }

        /// <summary>Asks for the wanted block when it is time.</summary>
        internal void Ask(long now)
        {
            if (_parts.Connection.IsOnline && now >= _transfer.Pull.DueAt)
            {
                BlockPull pull = _transfer.Pull;
                _awaited = _parts.Topics.UpdateBlocks + _record.Version + "/" + pull.Next;
                _parts.Connection.Ask(_parts.Topics.UpdateGet, _report.Get());
                pull.Asked(now);
            }
        }

        /// <summary>Takes a block.</summary>
        /// <returns>Complete; given up, because flash takes no more.</returns>
        internal UpdateEvent Take(LinkEvent message)
        {
            if (message.Topic != _awaited || message.IsRetained)
            {
                return UpdateEvent.Tick;
            }

            // One answer for each question: a digest takes the device a third of a second.
            _awaited = null;
            BlockPull pull = _transfer.Pull;
            int quarter = pull.Next * Quarters / pull.Count;
            if (!_transfer.Take(message.Payload, _parts.Hardware.Clock.Uptime))
            {
                return UpdateEvent.Tick;
            }

            _record.IsUnserved = false;
            if (pull.IsComplete)
            {
                return UpdateEvent.Complete;
            }

            if (pull.Unwritten >= MaxUnwritten)
            {
                // What is fetched for nothing costs its traffic, and a battery.
                return UpdateEvent.GivenUp;
            }

            if (pull.Next * Quarters / pull.Count != quarter)
            {
                _report.Tell("downloading");
            }

            return UpdateEvent.Tick;
        }
    }
}
