using System;
using Firmware.Platform;

namespace Firmware.Outputs
{
    /// <summary>One output: what it is driven to, and until when.</summary>
    public sealed class Actuator
    {
        /// <summary>The level of an output that is fully on.</summary>
        public const int FullLevel = 100;

        private const long Never = long.MaxValue;
        private const long RetryPause = 1000;

        private readonly object _pin; // an ILevelPin, or an IOutputPin; null when the board refused it
        private long _leftSafeAt;
        private long _changedAt; // between on and off; what was before the start is not known, so times count from there

        /// <summary>Takes its pin and drives it to the safe state.</summary>
        /// <param name="rule">What its owner wants of it.</param>
        /// <param name="pins">The board's pins, or null when it has none.</param>
        /// <param name="levels">The board's pins for levels, or null when it has none.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        internal Actuator(ActuatorRule rule, IOutputPins pins, ILevelPins levels, long now)
        {
            Rule = rule;
            Level = SafeLevel;
            Reported = SafeLevel;
            _changedAt = now;
            _pin = Open(pins, levels);
        }

        /// <summary>Its name.</summary>
        public string Name => Rule.Name;

        /// <summary>0 to 100 %: 0 is off; means nothing unless <see cref="IsAvailable"/>.</summary>
        public int Level;

        /// <summary>The last level above 0: what "on" means to one that takes levels.</summary>
        public int OnLevel = FullLevel;

        /// <summary>Whether it is on; means nothing unless <see cref="IsAvailable"/>.</summary>
        public bool IsOn => Level > 0;

        /// <summary>The state at the start, and after its time is over.</summary>
        public bool SafeState => Rule.SafeState;

        /// <summary>Seconds for which it may be in the other state, 0 for any length of time.</summary>
        public int Limit => Rule.Limit;

        /// <summary>Whether it takes levels between on and off.</summary>
        public bool HasLevels => Rule.Kind == ActuatorRule.Level;

        /// <summary>Whether it can be set.</summary>
        public bool IsAvailable => Fault == null;

        /// <summary>Why it cannot be set, for people, or null.</summary>
        public string Fault;

        /// <summary>How often it became safe before its minimum time was over.</summary>
        public int EarlyEnds;

        internal readonly ActuatorRule Rule;

        /// <summary>The level of the last event: that of before a sleep, which has let go of the pin, until the first measurement.</summary>
        internal int Reported;

        /// <summary>Uptime in milliseconds at which a minimum time ends that was in the way; <see cref="long.MaxValue"/> without one.</summary>
        internal long WantedAt = Never;

        /// <summary>
        /// Milliseconds for which it is in its safe state, if a sleep begins now, as far as its minimum times need them. The
        /// sleep lets go of the pin.
        /// </summary>
        internal int Rest(long now)
        {
            long most = (Rule.MinOn > Rule.MinOff ? Rule.MinOn : Rule.MinOff) * 1000L;
            long rest = IsAvailable && IsOn == SafeState ? now - _changedAt : 0;
            return (int)(rest < most ? rest : most);
        }

        /// <summary>The minimum times go on over a sleep.</summary>
        internal void Rested(long milliseconds) => _changedAt -= milliseconds;

        /// <summary>Uptime in milliseconds at which it goes back to the safe state.</summary>
        internal long DueAt = Never;

        /// <summary>Whether a fault may pass.</summary>
        internal bool HasPin => _pin != null;

        /// <summary>Whether it is on, as far as is known: after a failure of its driver that is unknown.</summary>
        internal bool MayBeOn => HasPin && (IsOn || !IsAvailable);

        internal int SafeLevel => SafeState ? FullLevel : 0;

        /// <summary>Uptime in milliseconds from which it may change between on and off.</summary>
        internal long FreeAt => _changedAt + ((IsOn ? Rule.MinOn : Rule.MinOff) * 1000L);

        /// <summary>Seconds until it goes back to the safe state, rounded up; 0 when it stays.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public long SecondsLeft(long now) => DueAt == Never || !IsAvailable || DueAt <= now ? 0 : (DueAt - now + 999) / 1000;

        /// <summary>Whether it and another one may never be on together.</summary>
        internal bool Excludes(Actuator other) => Rule.Interlock == other.Name || other.Rule.Interlock == Name;

        /// <summary>Whether a state that ends after so long would be shorter than its minimum.</summary>
        internal bool IsTooShort(bool on, long now, long milliseconds) =>
            now + milliseconds < (on == IsOn ? _changedAt : now) + ((on ? Rule.MinOn : Rule.MinOff) * 1000L);

        /// <summary>Drives the pin. When that fails the state is unknown: the safe state is retried soon.</summary>
        /// <param name="level">0 to 100 %.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="milliseconds">Until it is made safe again, 0 for as long as its limit allows.</param>
        /// <returns>Whether the driver did it.</returns>
        internal bool Drive(int level, long now, long milliseconds)
        {
            if (!TryWrite(level))
            {
                Fault = HasPin ? "the driver of the pin failed" : Fault;
                DueAt = HasPin ? now + RetryPause : Never;
                return false;
            }

            // After a failure nobody knows since when: the minimum time begins now.
            _changedAt = Fault != null || level > 0 != IsOn ? now : _changedAt;
            _leftSafeAt = Level == SafeLevel ? now : _leftSafeAt;
            Level = level;
            OnLevel = level > 0 ? level : OnLevel;
            Fault = null;
            Hold(now, milliseconds);
            return true;
        }

        /// <summary>Sets how long it stays as it is.</summary>
        internal void Hold(long now, long milliseconds) => DueAt = Level == SafeLevel ? Never : ReturnAt(now, milliseconds);

        // The limit counts from when it left the safe state: asking again does not make it longer.
        private long ReturnAt(long now, long milliseconds)
        {
            long byLimit = Limit == 0 ? Never : _leftSafeAt + (Limit * 1000L);
            long byRequest = milliseconds == 0 ? Never : now + milliseconds;
            return byLimit < byRequest ? byLimit : byRequest;
        }

        private object Open(IOutputPins pins, ILevelPins levels)
        {
            object pin = null;
            Fault = HasLevels && levels == null ? "the board has no PWM" : "the board does not offer GPIO " + Rule.Pin.ToString();
            try
            {
                if (!HasLevels)
                {
                    pin = pins == null ? null : pins.Open(Rule.Pin, SafeState != Rule.IsInverted);
                }
                else if (levels != null)
                {
                    pin = levels.Open(Rule.Pin, Rule.Frequency, Physical(SafeLevel), out string refusal);
                    Fault = refusal;
                }
            }
            catch (Exception)
            {
            }

            Fault = pin == null ? Fault : null;
            return pin;
        }

        private int Physical(int level) => Rule.IsInverted ? FullLevel - level : level;

        private bool TryWrite(int level)
        {
            try
            {
                return HasPin && (HasLevels ? ((ILevelPin)_pin).Write(Physical(level)) : ((IOutputPin)_pin).Write(level > 0 != Rule.IsInverted));
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
