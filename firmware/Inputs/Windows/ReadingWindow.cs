using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Inputs.Windows
{
    /// <summary>
    /// Aggregates the values of a channel over windows of equal length, one after the other from the first measurement on.
    /// The first aggregate has the channel's own name, the others have channels of their own. The channel keeps its live
    /// value but between <see cref="Show"/> or <see cref="Mute"/> and <see cref="Restore"/>, when it is judged and sent.
    /// </summary>
    internal sealed class ReadingWindow
    {
        /// <summary>What <see cref="EndAt"/> is before the first measurement.</summary>
        internal const long NotBegun = long.MaxValue;

        /// <summary>What the words of an aggregate must be.</summary>
        internal const string Requirement = "must be one or more of min, max, mean, last and count with a space between, each once, count not first";

        private const string CountWord = "count";
        private const string NoValue = "no window with a value is over";

        // Of the state over a sleep.
        private const int UrgentFlag = 1;
        private const int NewsFlag = 2;
        private const int CountShift = 2;

        private bool _hasNews = true; // of the first aggregate; the channel's own says what a measurement has found
        private bool _wasValid; // before the measurement
        private AlarmState _alarm; // before it
        private int _live;
        private bool _isLiveValid;
        private int _valid; // a bit for each further channel
        private bool _isShown;
        private bool _isMuted;

        // Of the values in the window; the last four mean nothing without one.
        private int _count;
        private long _sum;
        private int _min;
        private int _max;
        private int _last;

        /// <summary>Begins with the next measurement.</summary>
        /// <param name="source">The channel, with its rule.</param>
        internal ReadingWindow(Channel source)
        {
            Rule = source.Rule;
            string[] words = Rule.Aggregate.Split(' ');
            Channels = new Channel[words.Length];
            Channels[0] = source;
            source.HasNews = false;
            for (int i = 1; i < words.Length; i++)
            {
                string name = source.Name + "-" + words[i];
                Channels[i] = words[i] == CountWord ? CreateCount(name) : new Channel(name, source.Measurand) { Rule = Rule };
                Channels[i].Fault = NoValue;
                Channels[i].HasNews = true;
            }
        }

        /// <summary>The channel's rule: one with another rule has another window.</summary>
        internal readonly ChannelRule Rule;

        /// <summary>The channel, and those of its further aggregates.</summary>
        internal readonly Channel[] Channels;

        /// <summary>Uptime in milliseconds at which the window ends, or <see cref="NotBegun"/>.</summary>
        internal long EndAt = NotBegun;

        /// <summary>Whether an alarm of the channel began or ended, so that its live value is sent at once.</summary>
        internal bool IsUrgent;

        /// <summary>Whether the channel's alarm is reported.</summary>
        internal bool HasAlarm => _alarm != AlarmState.Normal;

        private long Length => Rule.Window * 1000L;

        /// <summary>Whether a text is what <see cref="Requirement"/> says.</summary>
        internal static bool IsAggregate(string text)
        {
            string[] words = text.Split(' ');
            for (int i = 0; i < words.Length; i++)
            {
                string word = words[i];
                bool isKnown = word == "mean" || word == "min" || word == "max" || word == "last" || (word == CountWord && i > 0);
                for (int j = 0; j < i; j++)
                {
                    isKnown = isKnown && words[j] != word;
                }

                if (!isKnown)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Takes what the last measurement has said of the channel: the first value after a gap is no news of a window.</summary>
        internal void Look()
        {
            Channel source = Channels[0];
            IsUrgent |= source.Alarm != _alarm || (source.HasNews && _wasValid);
            source.HasNews = false;
            _alarm = source.Alarm;
            _wasValid = source.IsValid;
        }

        /// <summary>Takes the channel's value of a measurement, if it has one.</summary>
        internal void Add(long now)
        {
            if (EndAt == NotBegun)
            {
                EndAt = now + Length;
            }

            Channel source = Channels[0];
            if (!source.IsValid)
            {
                return;
            }

            // It was sent, if it was urgent.
            IsUrgent = false;
            int value = source.Value;
            _min = _count == 0 || value < _min ? value : _min;
            _max = _count == 0 || value > _max ? value : _max;
            _last = value;
            _sum += value;
            _count++;
        }

        /// <summary>Gives all channels their aggregates, or no value if the window has none.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        internal void Show(long now)
        {
            Keep();
            _isShown = true;
            string[] words = Rule.Aggregate.Split(' ');
            for (int i = 0; i < words.Length; i++)
            {
                // Judged and sent as any other value; the next one would be too late for a heartbeat.
                Channel channel = Channels[i];
                channel.IsValid = _count > 0;
                channel.HasNews = (i == 0 ? _hasNews : channel.HasNews) || now - channel.SentAt + (Rule.Window * 990L) > Rule.Heartbeat * 1000L;
                if (_count > 0)
                {
                    channel.Value = ValueOf(words[i]);
                }

                if (i > 0)
                {
                    channel.MeasuredAt = EndAt;
                    channel.Fault = _count > 0 ? null : NoValue;
                }
            }
        }

        /// <summary>Nothing is sent but the live value, if that is urgent.</summary>
        internal void Mute()
        {
            Keep();
            _isMuted = true;
            _valid = 0;
            Channels[0].IsValid &= IsUrgent;
            Channels[0].HasNews = IsUrgent;
            for (int i = 1; i < Channels.Length; i++)
            {
                _valid |= Channels[i].IsValid ? 1 << i : 0;
                Channels[i].IsValid = false;
            }
        }

        /// <summary>Gives the channels back what they had, after <see cref="Show"/> or <see cref="Mute"/>.</summary>
        internal void Restore()
        {
            if (!_isShown && !_isMuted)
            {
                return;
            }

            // What was sent is no news any more; the urgent value may not have been sent.
            Channel source = Channels[0];
            _hasNews = _isShown ? source.HasNews : _hasNews && (!IsUrgent || source.HasNews);
            source.HasNews = false;
            source.Value = _live;
            source.IsValid = _isLiveValid;
            for (int i = 0; i < Channels.Length; i++)
            {
                Channels[i].IsDueForReport = false;
                if (i > 0 && _isMuted)
                {
                    Channels[i].IsValid = (_valid & (1 << i)) != 0;
                }
            }

            _isShown = false;
            _isMuted = false;
        }

        /// <summary>Begins the window that a moment is in. After one without values the next aggregates are sent in any case.</summary>
        internal void Next(long moment)
        {
            long skipped = (moment - EndAt) / Length;
            EndAt += (skipped + 1) * Length;
            bool isGap = _count == 0 || skipped > 0;
            _hasNews |= isGap;
            for (int i = 1; i < Channels.Length; i++)
            {
                Channels[i].HasNews |= isGap;
            }

            _count = 0;
            _sum = 0;
        }

        /// <summary>Writes the window as a row of numbers. The age is that of the window before, which is more than 0.</summary>
        internal void Save(long[] rows, int at, long now)
        {
            Look();
            rows[at] = Key;
            rows[at + 1] = (IsUrgent ? UrgentFlag : 0) | (_hasNews ? NewsFlag : 0) | (_count << CountShift);
            rows[at + 3] = EndAt == NotBegun ? 0 : now - EndAt + (2 * Length);
            if (_count > 0)
            {
                rows[at + 2] = _sum - ((long)_count * _last);
                rows[at + 4] = (long)_last - Channels[0].Value;
                rows[at + 6] = (long)_last - _min;
                rows[at + 7] = (long)_max - _last;
            }
        }

        /// <summary>The channel was restored: that is no news.</summary>
        internal void Resume()
        {
            Look();
            IsUrgent = false;
        }

        /// <summary>Goes on with what <see cref="Save"/> wrote, after <see cref="Resume"/>.</summary>
        internal void Load(long[] rows, int at, long now, long time)
        {
            Channel source = Channels[0];
            int flags = (int)rows[at + 1];
            IsUrgent = (flags & UrgentFlag) != 0;
            _hasNews = (flags & NewsFlag) != 0;
            if (time == long.MaxValue || rows[at + 3] == 0)
            {
                return;
            }

            _count = flags >> CountShift;
            _last = (int)(source.Value + rows[at + 4]);
            _sum = rows[at + 2] + ((long)_count * _last);
            _min = (int)(_last - rows[at + 6]);
            _max = (int)(_last + rows[at + 7]);
            EndAt = now - rows[at + 3] - time + (2 * Length);
        }

        /// <summary>A window of another length, or for other aggregates, is another one.</summary>
        internal long Key => Connectivity.Jitter.SeedOf(Channels[0].Name + " " + Rule.Aggregate, Rule.Window) ^ WindowModule.OfWindow;

        private void Keep()
        {
            Channel source = Channels[0];
            _live = source.Value;
            _isLiveValid = source.IsValid;
        }

        // A deadband is in the unit of the channel: a count is sent when it changes.
        private Channel CreateCount(string name)
        {
            bool sendsAll = Rule.Deadband == ChannelRule.Unset && Rule.DeadbandPercent == ChannelRule.Unset;
            return new Channel(name, new Measurand(CountWord, string.Empty, 0, 0, int.MaxValue))
            {
                Rule = sendsAll ? Rule : new ChannelRule(name) { Deadband = 0, Heartbeat = Rule.Heartbeat, Window = Rule.Window },
            };
        }

        private int ValueOf(string word)
        {
            switch (word)
            {
                case "min": return _min;
                case "max": return _max;
                case "last": return _last;
                case CountWord: return _count;
                default: return (int)((_sum < 0 ? _sum - (_count / 2) : _sum + (_count / 2)) / _count);
            }
        }
    }
}
