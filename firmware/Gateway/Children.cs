using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Gateway
{
    /// <summary>
    /// The children: their values in arrays, when each is asked next, which of them do not answer. A channel gets an object
    /// only when a setting or a rule names it.
    /// </summary>
    internal sealed partial class Children : IChannelSource, IStatusMember
    {
        /// <summary>Polls in a row without an answer after which a child counts as lost.</summary>
        internal const int LostAfter = 3;

        /// <summary>In place of the code of an exception: there was no answer for some of the registers.</summary>
        internal const int NoAnswer = (1 << CodeBits) - 1;

        /// <summary>Likewise: a receiver has no position.</summary>
        internal const int NoFix = NoAnswer - 1;

        /// <summary>Bits of a code in a fault, below the number of the channel.</summary>
        internal const int CodeBits = 7;

        private const int LongestPause = 300000;
        private const int MostFailures = LostAfter + 15; // the pause gets no longer by then

        // In a mask: the bits of the channels; the exception that was reported, 0 for none; requests in a row without an
        // answer, up to the number of tries; polls in a row without one.
        private const int AllChannels = 0xFFFF;
        private const int FaultShift = 16;
        private const int Faults = NoAnswer << FaultShift;
        private const int FailureShift = 25;
        private const int OneFailure = 1 << FailureShift;

        internal const int OneMiss = 1 << (FaultShift + CodeBits);

        internal const int Misses = 3 * OneMiss;

        internal readonly DeviceContext Device;

        internal readonly ChildRule[] Rules;

        /// <summary>The last values of all channels, child by child, see <see cref="ReadingGroup.ValueLength"/>.</summary>
        internal byte[] Values;

        /// <summary>The number of the first channel of a child.</summary>
        internal readonly byte[] First;

        /// <summary>Of each child: one bit for each channel that has a value, and above them the counts below.</summary>
        internal readonly int[] Masks;

        /// <summary>Uptime in seconds of its last answer, rounded up; 0 before.</summary>
        internal readonly int[] AnsweredAt;

        /// <summary>How many do not answer.</summary>
        internal int Lost;

        /// <summary>Milliseconds for which an answer is waited for; for as long a child that has not answered is not asked.</summary>
        internal int Wait;

        private int _held; // of the child that sends text
        private readonly int[] _dueAt; // the lower half of uptimes: none is 24 days away
        private Channel[] _opened = new Channel[0];
        private int[] _places = new int[0]; // their numbers among all channels
        private int _unkept; // a bit for each child whose layout flash has refused

        internal Children(ChildRule[] rules, DeviceContext device)
        {
            int count = rules.Length;
            Device = device;
            Rules = rules;
            First = new byte[count];
            Masks = new int[count];
            AnsweredAt = new int[count];
            _dueAt = new int[count];
        }

        /// <summary>Uptime in milliseconds at which the next child is due.</summary>
        internal long DueAt;

        /// <summary>That child: the one that has waited for the longest of those that answer; then one that does not.</summary>
        internal int Next;

        /// <summary>The last value of a channel.</summary>
        internal int ValueOf(int channel) => Frame.GetInt(Values, channel * ReadingGroup.ValueLength);

        internal bool IsLost(int child) => Masks[child] >= LostAfter * OneFailure;

        /// <summary>Sets one bit for each channel of the child that sends text whose value counts on, though it is not among the last ones.</summary>
        internal void Hold(int mask) => _held = mask;

        /// <summary>Puts the layouts on flash, and takes the rules of channels.</summary>
        internal void Start(ChannelRule[] rules)
        {
            int values = 0;
            for (int i = 0; i < Rules.Length; i++)
            {
                ChildRule rule = Rules[i];

                // Whose registers it has; the first one that has the same, so that they are in memory once.
                byte[] layout = rule.Layout;
                ChildRule owner = Rules[0];
                for (int j = 1; rule.Like.Length > 0 ? owner.Name != rule.Like
                    : owner.Layout.Length != layout.Length || !Layouts.AreSame(owner.Layout, 0, layout, 0, layout.Length); j++)
                {
                    owner = Rules[j];
                }

                rule.Layout = owner.Layout;
                rule.Key = owner.Key;
                if (rule.Key == null)
                {
                    KeepLayout(i);
                    owner.Key = rule.Key;
                }

                First[i] = (byte)values;
                values += Layouts.CountOf(rule.Layout, rule.Layout.Length);
            }

            Values = new byte[values * ReadingGroup.ValueLength];
            Layouts.Clean(Device, Rules);
            Device.Sampler.Source = this;
            Apply(rules);
        }

        /// <summary>Takes other rules of channels.</summary>
        internal void Apply(ChannelRule[] rules)
        {
            for (int i = 0; i < rules.Length; i++)
            {
                Device.Sampler.Need(rules[i].Name);
            }

            for (int i = 0; i < _opened.Length; i++)
            {
                Channel channel = _opened[i];
                ChannelRule rule = ChannelRule.Of(rules, channel.Name);
                if (!channel.Rule.IsSame(rule))
                {
                    channel.Apply(rule, Device.Events);
                }
            }
        }

        /// <inheritdoc/>
        public Channel Open(string name)
        {
            if (!TryFind(name, out int child, out int index, out int at))
            {
                return null;
            }

            byte[] layout = Rules[child].Layout;
            Measurand measurand = new Measurand(name, ReadingGroup.UnitOf(layout, at), layout[at + ReadingGroup.DecimalsAt], int.MinValue, int.MaxValue);
            int count = _opened.Length;
            Channel[] opened = new Channel[count + 1];
            int[] places = new int[count + 1];
            _opened.CopyTo(opened, 0);
            _places.CopyTo(places, 0);
            opened[count] = new Channel(name, measurand, ChannelRule.Of(Device.Settings.Channels, name));
            places[count] = First[child] + index;
            _opened = opened;
            _places = places;
            return opened[count];
        }

        /// <summary>Finds a channel by its whole name.</summary>
        /// <param name="name">The name, child_channel.</param>
        /// <param name="child">Number of the child.</param>
        /// <param name="index">Number of the channel in it.</param>
        /// <param name="at">Its place in the layout.</param>
        /// <returns>False when there is none.</returns>
        internal bool TryFind(string name, out int child, out int index, out int at)
        {
            index = 0;
            at = 0;
            for (child = 0; child < Rules.Length; child++)
            {
                string first = Rules[child].Name + "_";
                if (name.IndexOf(first) == 0)
                {
                    string rest = name.Substring(first.Length);
                    byte[] layout = Rules[child].Layout;
                    index = 0;
                    for (at = 0; at < layout.Length; at += layout[at])
                    {
                        if (ReadingGroup.NameOf(layout, at) == rest)
                        {
                            return true;
                        }

                        index++;
                    }
                }
            }

            return false;
        }

        /// <summary>A poll is over in which the child has answered.</summary>
        /// <param name="child">The child.</param>
        /// <param name="mask">One bit for each channel that has a value.</param>
        /// <param name="fault">The first exception code, and above it the number of the channel that it was for; 0 for none.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        internal void Answered(int child, int mask, int fault, long now)
        {
            AnsweredAt[child] = (int)((now + 999) / 1000);
            int[] masks = Masks;
            int before = masks[child] & ~AllChannels;
            masks[child] = mask | _held | before;
            if (((before & ~Misses) | fault) != 0)
            {
                Change(child, fault);
            }

            Keep(child, mask, now);
        }

        /// <summary>The child has not answered, or the line cannot be used.</summary>
        /// <param name="child">The child.</param>
        /// <param name="reason">Why, for the event.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <param name="pause">Milliseconds to the next poll of one that is not lost.</param>
        /// <returns>Milliseconds to its next poll.</returns>
        internal int Failed(int child, string reason, long now, int pause)
        {
            int failures = Masks[child] >> FailureShift;
            if (failures < MostFailures)
            {
                failures++;
                Masks[child] += OneFailure;
            }

            if (failures < LostAfter)
            {
                return pause;
            }

            if (failures == LostAfter)
            {
                Lost++;
                Device.Presence.Refresh();
                Report(child, reason);
            }

            _held = 0;
            Masks[child] &= ~AllChannels;
            Keep(child, 0, now);
            int interval = Rules[child].Get(ChildRule.Interval) * 1000;
            int longest = interval > LongestPause ? interval : LongestPause;
            long doubled = (long)interval << (failures - LostAfter + 1);
            return doubled < longest ? (int)doubled : longest;
        }

        /// <summary>Sets when a child is due next.</summary>
        /// <param name="child">The child.</param>
        /// <param name="pause">Milliseconds from now.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        internal void Plan(int child, int pause, long now)
        {
            int[] due = _dueAt;
            int[] masks = Masks;
            int clock = (int)now;
            due[child] = clock + ((masks[child] & Misses) != 0 && pause < Wait ? Wait : pause);
            int first = 0;
            int least = int.MaxValue;
            for (int i = 0; i < due.Length; i++)
            {
                // Those that answer go first, up to a limit; then those that have missed one answer or two.
                int left = due[i] - clock;
                if (left <= 0)
                {
                    left -= (masks[i] & Misses) == 0 ? LongestPause : !IsLost(i) && AnsweredAt[i] != 0 ? LongestPause - (4 * Wait) : 0;
                }

                if (left < least)
                {
                    least = left;
                    first = i;
                }
            }

            Next = first;
            DueAt = now + (due[first] - clock);
        }

        // Flash that has refused is asked again with the next readings: they would have no names after a restart.
        private void KeepLayout(int child)
        {
            bool isKept = Layouts.Keep(Rules[child], Device.Storage);
            _unkept = isKept ? _unkept & ~(1 << child) : _unkept | (1 << child);
            Device.Counters.StorageFaults += isKept ? 0 : 1;
        }

        private void Keep(int child, int mask, long now)
        {
            if ((_unkept & (1 << child)) != 0)
            {
                KeepLayout(child);
            }

            int first = First[child];
            bool isTaken = false;
            for (int i = 0; i < _opened.Length; i++)
            {
                int index = _places[i] - first;
                if (index < 0 || index >= ReadingGroup.MaxChannels || (child + 1 < First.Length && _places[i] >= First[child + 1]))
                {
                    continue;
                }

                Channel channel = _opened[i];
                int bit = 1 << index;
                isTaken = true;
                if (((mask | _held) & bit) == 0)
                {
                    channel.Lose();
                }
                else if ((mask & bit) != 0 && channel.Take(ValueOf(_places[i]), now, Device.Events))
                {
                    new ReportFilter(Rules[child].Get(ChildRule.Interval)).Judge(new Channel[] { channel }, now);
                }

                mask &= ~bit;
            }

            Device.Keep(Rules[child], Values, first * ReadingGroup.ValueLength, mask, now);
            if (isTaken)
            {
                Device.NotifyInput(now);
            }
        }
    }
}
