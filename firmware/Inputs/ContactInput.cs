using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Inputs
{
    /// <summary>
    /// A contact: an edge arms it, and the level that it has when the time of the debounce is over counts. Until then it is not
    /// asked for further edges: one that chatters costs a step of the loop in each such time.
    /// </summary>
    internal sealed class ContactInput : Input
    {
        private const int DefaultDebounce = 50;

        /// <summary>Uptime in milliseconds at which its level counts.</summary>
        internal long SettleAt = long.MaxValue;

        /// <summary>Whether it is on.</summary>
        internal bool IsOn;

        /// <summary>Whether its state was reported.</summary>
        internal bool IsReported = true;

        private readonly IInputPin _pin;
        private int _changes;

        internal ContactInput(InputRule rule, IInputPins pins)
            : base(rule)
        {
            _pin = pins.Open(rule.Pin, rule.Pull);
            if (_pin != null)
            {
                IsOn = _pin.IsHigh != rule.IsInverted;
            }
        }

        /// <inheritdoc/>
        internal override bool IsOpen => _pin != null;

        /// <summary>Arms it when there was an edge.</summary>
        internal void Ask(long now)
        {
            if (SettleAt == long.MaxValue && _pin != null && _pin.TakeEdges() > 0)
            {
                Arm(now);
            }
        }

        /// <summary>Arms it when its level is another one: of more interrupts than the runtime keeps the last may be missing.</summary>
        internal void Check(long now)
        {
            if (SettleAt == long.MaxValue && _pin != null && _pin.IsHigh != Rule.IsInverted != IsOn)
            {
                Arm(now);
            }
        }

        /// <summary>Takes the level.</summary>
        /// <returns>Whether it has changed.</returns>
        internal bool Settle()
        {
            // In this order: an edge after the level was read arms it again.
            SettleAt = long.MaxValue;
            _pin.TakeEdges();
            bool isOn = _pin.IsHigh != Rule.IsInverted;
            if (isOn == IsOn)
            {
                return false;
            }

            IsOn = isOn;
            IsReported = false;
            _changes++;
            return true;
        }

        /// <inheritdoc/>
        internal override Measurand Describe(int index) => new Measurand(Rule.Name, string.Empty, Measurand.Boolean, -1, 2);

        /// <inheritdoc/>
        internal override void Read(int[] values, bool[] valid, long now)
        {
            values[At] = IsOn ? 1 : 0;
            valid[At] = _pin != null;
        }

        /// <inheritdoc/>
        internal override void Write(JsonWriter writer)
        {
            writer.Name("on");
            writer.Boolean(IsOn);
            writer.Member("changes", _changes);
        }

        /// <inheritdoc/>
        internal override void Close() => _pin?.Close();

        private void Arm(long now) => SettleAt = now + (Rule.Debounce == 0 ? DefaultDebounce : Rule.Debounce);
    }
}
