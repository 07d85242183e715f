using System;
using Firmware.Platform;

namespace Firmware.Outputs
{
    /// <summary>One relay or LED: what it is driven to, and until when.</summary>
    public sealed class Actuator
    {
        private const long Never = long.MaxValue;
        private const long RetryPause = 1000;

        private readonly ActuatorRule _rule;
        private readonly IOutputPin _pin;
        private long _leftSafeAt;

        /// <summary>Takes its pin and drives it to the safe state.</summary>
        /// <param name="rule">What its owner wants of it.</param>
        /// <param name="pins">The board's pins, or null when it has none.</param>
        internal Actuator(ActuatorRule rule, IOutputPins pins)
        {
            _rule = rule;
            IsOn = rule.SafeState;
            _pin = Open(pins);
            Fault = _pin == null ? "the board does not offer GPIO " + rule.Pin.ToString() : null;
        }

        /// <summary>Its name.</summary>
        public string Name => _rule.Name;

        /// <summary>Whether it is on; means nothing unless <see cref="IsAvailable"/>.</summary>
        public bool IsOn;

        /// <summary>The state at the start, and after its time is over.</summary>
        public bool SafeState => _rule.SafeState;

        /// <summary>Seconds for which it may be in the other state, 0 for any length of time.</summary>
        public int Limit => _rule.Limit;

        /// <summary>Whether it can be set.</summary>
        public bool IsAvailable => Fault == null;

        /// <summary>Why it cannot be set, for people, or null.</summary>
        public string Fault;

        /// <summary>Uptime in milliseconds at which it goes back to the safe state.</summary>
        internal long DueAt = Never;

        /// <summary>Whether a fault may pass.</summary>
        internal bool HasPin => _pin != null;

        /// <summary>Seconds until it goes back to the safe state, rounded up; 0 when it stays.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public long SecondsLeft(long now) => DueAt == Never || !IsAvailable || DueAt <= now ? 0 : (DueAt - now + 999) / 1000;

        /// <summary>Drives the pin. When that fails the state is unknown: the safe state is retried soon.</summary>
        /// <param name="on">The state.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="milliseconds">Until it is made safe again, 0 for as long as its limit allows.</param>
        /// <returns>Whether the driver did it.</returns>
        internal bool Drive(bool on, long now, long milliseconds)
        {
            if (!TryWrite(on != _rule.IsInverted))
            {
                Fault = HasPin ? "the driver of the pin failed" : Fault;
                DueAt = HasPin ? now + RetryPause : Never;
                return false;
            }

            _leftSafeAt = IsOn == SafeState ? now : _leftSafeAt;
            IsOn = on;
            Fault = null;
            DueAt = on == SafeState ? Never : ReturnAt(now, milliseconds);
            return true;
        }

        // The limit counts from when it left the safe state: asking again does not make it longer.
        private long ReturnAt(long now, long milliseconds)
        {
            long byLimit = Limit == 0 ? Never : _leftSafeAt + (Limit * 1000L);
            long byRequest = milliseconds == 0 ? Never : now + milliseconds;
            return byLimit < byRequest ? byLimit : byRequest;
        }

        private IOutputPin Open(IOutputPins pins)
        {
            try
            {
                return pins == null ? null : pins.Open(_rule.Pin, _rule.SafeState != _rule.IsInverted);
            }
            catch (Exception)
            {
                return null;
            }
        }

        private bool TryWrite(bool isHigh)
        {
            try
            {
                return HasPin && _pin.Write(isHigh);
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
