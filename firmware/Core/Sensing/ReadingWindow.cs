using Firmware.Platform;

namespace Firmware.Sensing
{
    /// <summary>
    /// Aggregates the values of a channel over windows of equal length, one after the other from the first measurement on.
    /// The first aggregate has the channel's own name, the others have channels of their own. The channel itself keeps
    /// its live value: between <see cref="Show"/> and <see cref="Hide"/> it has the aggregate, as if it had measured it.
    /// </summary>
    internal sealed class ReadingWindow
    {
        /// <summary>What <see cref="EndAt"/> is before the first measurement.</summary>
        internal const long NotBegun = long.MaxValue;

        /// <summary>What the words of an aggregate must be.</summary>
        internal const string Requirement = "must be one or more of min, max, mean, last and count with a space between, each once, count not first";

        private const string CountWord = "count";
        private const string NoValue = "no window with a value is over";

        private int _live;
        private bool _wasValid;

        /// <summary>Begins with the next measurement.</summary>
        /// <param name="source">The channel, with its rule.</param>
        internal ReadingWindow(Channel source)
        {
            ChannelRule rule = source.Rule;
            string[] words = rule.Aggregate.Split(' ');
            Channels = new Channel[words.Length];
            Channels[0] = source;
            source.HasNews = true;
            for (int i = 1; i < words.Length; i++)
            {
                string name = source.Name + "-" + words[i];
                Channels[i] = words[i] == CountWord ? CreateCount(name, rule) : new Channel(name, source.Measurand) { Rule = rule };
                Channels[i].Fault = NoValue;
                Channels[i].HasNews = true;
                Channels[i].Window = this;
            }
        }

        /// <summary>The channel, and those of its further aggregates.</summary>
        internal readonly Channel[] Channels;

        /// <summary>The channel when an alarm of it began or ended, so that its live value is sent at once; else null.</summary>
        internal Channel Urgent;

        /// <summary>Uptime in milliseconds at which the window ends, or <see cref="NotBegun"/>.</summary>
        internal long EndAt = NotBegun;

        /// <summary>Values in the window. The next four mean nothing without one.</summary>
        internal int Count;

        /// <summary>Their sum.</summary>
        internal long Sum;

        /// <summary>The least.</summary>
        internal int Min;

        /// <summary>The greatest.</summary>
        internal int Max;

        /// <summary>The newest.</summary>
        internal int Last;

        /// <summary>Milliseconds of a window.</summary>
        internal long Length => Channels[0].Rule.Window * 1000L;

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

        /// <summary>Goes on with the state from before a deep sleep.</summary>
        internal void Resume(long endAt, int count, long sum, int min, int max, int last)
        {
            EndAt = endAt;
            Count = count;
            Sum = sum;
            Min = min;
            Max = max;
            Last = last;
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
            Urgent = null;
            int value = source.Value;
            Min = Count == 0 || value < Min ? value : Min;
            Max = Count == 0 || value > Max ? value : Max;
            Last = value;
            Sum += value;
            Count++;
        }

        /// <summary>Gives all channels their aggregates, or no value if the window has none.</summary>
        internal void Show()
        {
            Channel source = Channels[0];
            _live = source.Value;
            _wasValid = source.IsValid;

            string[] words = source.Rule.Aggregate.Split(' ');
            for (int i = 0; i < words.Length; i++)
            {
                // Judged and sent as any other value.
                Channel channel = Channels[i];
                channel.Window = null;
                channel.IsValid = Count > 0;
                if (Count > 0)
                {
                    channel.Value = ValueOf(words[i]);
                }

                if (i > 0)
                {
                    channel.MeasuredAt = EndAt;
                    channel.Fault = Count > 0 ? null : NoValue;
                }
            }
        }

        /// <summary>Gives the channel its live value back, after <see cref="Show"/>.</summary>
        internal void Hide()
        {
            Channel source = Channels[0];
            if (source.Window == null)
            {
                source.Value = _live;
                source.IsValid = _wasValid;
                for (int i = 0; i < Channels.Length; i++)
                {
                    Channels[i].IsDueForReport = false;
                    Channels[i].Window = this;
                }
            }
        }

        /// <summary>Begins the window that a moment is in. After one without values the next aggregates are sent in any case.</summary>
        internal void Next(long moment)
        {
            long length = Length;
            long skipped = (moment - EndAt) / length;
            EndAt += (skipped + 1) * length;
            for (int i = 0; i < Channels.Length; i++)
            {
                Channels[i].HasNews = Channels[i].HasNews || Count == 0 || skipped > 0;
            }

            Count = 0;
            Sum = 0;
        }

        // A deadband is in the unit of the channel: a count is sent when it changes.
        private static Channel CreateCount(string name, ChannelRule rule)
        {
            bool sendsAll = rule.Deadband == ChannelRule.Unset && rule.DeadbandPercent == ChannelRule.Unset;
            return new Channel(name, new Measurand(CountWord, string.Empty, 0, 0, int.MaxValue))
            {
                Rule = sendsAll ? rule : new ChannelRule(name) { Deadband = 0, Heartbeat = rule.Heartbeat, Window = rule.Window },
            };
        }

        private int ValueOf(string word)
        {
            switch (word)
            {
                case "min": return Min;
                case "max": return Max;
                case "last": return Last;
                case CountWord: return Count;
                default: return (int)((Sum < 0 ? Sum - (Count / 2) : Sum + (Count / 2)) / Count);
            }
        }
    }
}
