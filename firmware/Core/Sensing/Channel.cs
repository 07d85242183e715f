using Firmware.Platform;

namespace Firmware.Sensing
{
    /// <summary>One stream of readings: a measurand of one sensor, under the name that goes over the wire.</summary>
    public sealed class Channel
    {
        /// <summary>Numbers of its state over a sleep.</summary>
        public const int StateLength = 9;

        /// <summary>Characters of name and unit.</summary>
        internal readonly int TextLength;

        /// <summary>The text before its values in a pack; null until one was written.</summary>
        internal byte[] Label;
        private Thresholds _thresholds;

        /// <summary>Creates a channel.</summary>
        /// <param name="name">Its unique name, e.g. "temperature" or "temperature-77".</param>
        /// <param name="measurand">What is measured.</param>
        /// <param name="rule">What its owner wants of it.</param>
        public Channel(string name, Measurand measurand, ChannelRule rule)
            : this(name, measurand)
        {
            Use(rule);
        }

        /// <summary>Creates a channel whose values are not measured but derived.</summary>
        internal Channel(string name, Measurand measurand)
        {
            Name = name;
            Measurand = measurand;
            TextLength = name.Length + measurand.Unit.Length;
        }

        /// <summary>Its unique name.</summary>
        public readonly string Name;

        /// <summary>What is measured: unit, scale, range of the sensor.</summary>
        public readonly Measurand Measurand;

        /// <summary>What its owner wants of it.</summary>
        public ChannelRule Rule;

        /// <summary>Whether the last measurement gave a plausible value.</summary>
        public bool IsValid;

        /// <summary>The last plausible value, calibrated, in the measurand's fixed point.</summary>
        public int Value;

        /// <summary>Uptime in milliseconds at which it was measured.</summary>
        public long MeasuredAt;

        /// <summary>Why the last value was refused, or null when it was plausible.</summary>
        public string Fault;

        /// <summary>The last plausible value relative to the thresholds.</summary>
        public AlarmState Alarm => _thresholds == null ? AlarmState.Normal : _thresholds.State;

        /// <summary>Whether there is a value that was found worth sending and was not sent yet.</summary>
        public bool IsDueForReport;

        /// <summary>
        /// Whether the next value must be sent regardless of its deadband: it is the first one after a gap, or an alarm began
        /// or ended.
        /// </summary>
        internal bool HasNews;

        /// <summary>The value that was sent last; means nothing while <see cref="HasNews"/>.</summary>
        internal int SentValue;

        /// <summary>Uptime in milliseconds at which it was sent.</summary>
        internal long SentAt;

        /// <summary>How far like sensors may lie apart, in millionths; unset unless this is the one with the plain name.</summary>
        internal long Tolerance;

        /// <summary>What the sensor measured last, before the calibration; means nothing unless <see cref="IsValid"/>.</summary>
        internal int Raw;

        /// <summary>Whether a disagreement with the channel with the plain name was reported.</summary>
        internal bool Disagrees;

        /// <summary>The value in millionths of the unit.</summary>
        internal long InMillionths => Millionths.Of(Value, Measurand.Scale);

        /// <summary>What is remembered of its values, or null.</summary>
        internal ReadingCheck Check;

        /// <summary>Restores the state that was reported before a deep sleep; a new value is measured next.</summary>
        /// <param name="isValid">Whether the last measurement gave a plausible value.</param>
        /// <param name="isFaulty">Whether a fault was reported, so that its end must be reported too.</param>
        /// <param name="value">The last plausible value.</param>
        /// <param name="measuredAt">Uptime in milliseconds at which it was measured, below 0: before the sleep.</param>
        /// <param name="alarm">The alarm that was reported.</param>
        internal void Resume(bool isValid, bool isFaulty, int value, long measuredAt, AlarmState alarm)
        {
            IsValid = isValid;
            Fault = isFaulty ? Plausibility.NotValid : null;
            Value = value;
            MeasuredAt = measuredAt;
            if (_thresholds != null)
            {
                _thresholds.Resume(alarm);
            }
        }

        /// <summary>Takes what the sensor measured.</summary>
        /// <param name="raw">The sensor's own value.</param>
        /// <param name="uptime">Uptime in milliseconds.</param>
        /// <param name="events">Receives faults, recoveries and alarms of the channel.</param>
        /// <returns>Whether it is plausible.</returns>
        internal bool Take(int raw, long uptime, ISensingEvents events)
        {
            Raw = raw;
            if (Check != null)
            {
                string reason = Check.Judge(raw, uptime);
                if (reason != null)
                {
                    Refuse(reason, events);
                    return false;
                }

                raw = Check.Value;
            }

            bool isBack = Fault != null;
            if (!IsValid)
            {
                IsValid = true;
                HasNews = true;
            }

            Value = raw;
            MeasuredAt = uptime;
            if (isBack)
            {
                Fault = null;
                events.ReadingRecovery(Name);
            }

            if (_thresholds != null && _thresholds.Update(InMillionths))
            {
                HasNews = true;
                events.Alarm(this, _thresholds.State, _thresholds.Limit);
            }

            return true;
        }

        /// <summary>
        /// Takes another rule. What was learned under the old one is forgotten: a reported alarm ends, and begins
        /// again when a new threshold is crossed.
        /// </summary>
        internal void Apply(ChannelRule rule, ISensingEvents events)
        {
            if (Alarm != AlarmState.Normal)
            {
                events.Alarm(this, AlarmState.Normal, _thresholds.Limit);
            }

            // A value that was calibrated otherwise is no value any more.
            IsValid = IsValid && rule.Gain == Rule.Gain && rule.Offset == Rule.Offset;
            IsDueForReport = IsDueForReport && IsValid;
            HasNews = true;
            Use(rule);
        }

        /// <summary>The sensor's value cannot be true.</summary>
        internal void Refuse(string reason, ISensingEvents events)
        {
            bool isNew = Fault == null;
            IsValid = false;
            IsDueForReport = false;
            Fault = reason;
            if (isNew)
            {
                events.ReadingFault(Name, reason);
            }
        }

        /// <summary>The sensor is gone. A reported fault stays, so that its end is reported too.</summary>
        internal void Lose()
        {
            IsValid = false;
            IsDueForReport = false;
            if (Check != null)
            {
                Check.Forget();
            }
        }

        private void Use(ChannelRule rule)
        {
            Rule = rule;
            Tolerance = Name == Measurand.Name ? rule.Disagreement : ChannelRule.Unset;
            Check = ReadingCheck.Of(rule, Measurand.Scale);
            _thresholds = Thresholds.Of(rule);
        }
    }
}
