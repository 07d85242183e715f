using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.Gateway
{
    /// <summary>
    /// The children: their values in arrays, when each is asked next, which of them do not answer. A channel gets an object
    /// only when a setting or a rule names it.
    /// </summary>
    internal sealed class Children : IChannelSource
    {
        /// <summary>Polls in a row without an answer after which a child counts as lost.</summary>
        internal const int LostAfter = 3;

        private const long LongestPause = 300000;
        private const int MostDoubled = 16;

        internal readonly ChildRule[] Rules;

        /// <summary>The last values of all channels, child by child, see <see cref="ReadingGroup.ValueLength"/>.</summary>
        internal readonly byte[] Values;

        /// <summary>The number of the first channel of a child.</summary>
        internal readonly byte[] First;

        /// <summary>One bit for each channel of a child that has a value.</summary>
        internal readonly int[] Masks;

        /// <summary>Uptime in milliseconds of its last answer; 0 before.</summary>
        internal readonly long[] AnsweredAt;

        /// <summary>How many do not answer.</summary>
        internal int Lost;

        private readonly DeviceContext _device;
        private readonly long[] _dueAt;
        private readonly byte[] _failures;
        private readonly byte[] _faults; // the exception that was reported; 0 for none
        private Channel[] _opened = new Channel[0];
        private int[] _places = new int[0]; // their numbers among all channels
        private Channel[] _one;

        internal Children(ChildRule[] rules, DeviceContext device)
        {
            int count = rules.Length;
            _device = device;
            Rules = rules;
            First = new byte[count];
            int values = 0;
            for (int i = 0; i < count; i++)
            {
                First[i] = (byte)values;
                rules[i].Layout = OwnerOf(rules[i]).Layout;
                values += Layouts.CountOf(rules[i].Layout);
            }

            Values = new byte[values * ReadingGroup.ValueLength];
            Masks = new int[count];
            AnsweredAt = new long[count];
            _dueAt = new long[count];
            _failures = new byte[count];
            _faults = new byte[count];
        }

        /// <summary>Uptime in milliseconds at which the next child is due.</summary>
        internal long DueAt;

        /// <summary>That child: the one that has waited for the longest.</summary>
        internal int Next;

        /// <summary>The last value of a channel.</summary>
        internal int ValueOf(int channel) => Frame.GetInt(Values, channel * ReadingGroup.ValueLength);

        internal bool IsLost(int child) => _failures[child] >= LostAfter;

        /// <summary>Puts the layouts on flash, and takes the rules of channels.</summary>
        internal void Start(ChannelRule[] rules)
        {
            for (int i = 0; i < Rules.Length; i++)
            {
                ChildRule owner = OwnerOf(Rules[i]);
                if (owner.Key == null)
                {
                    _device.Counters.StorageFaults += Layouts.Keep(owner, _device.Storage) ? 0 : 1;
                }

                Rules[i].Key = owner.Key;
            }

            if (_device.Outbox.Count == 0)
            {
                Layouts.Clean(_device.Storage, Rules);
            }

            _device.Sampler.Source = this;
            Apply(rules);
        }

        /// <summary>Takes other rules of channels.</summary>
        internal void Apply(ChannelRule[] rules)
        {
            for (int i = 0; i < rules.Length; i++)
            {
                _device.Sampler.Need(rules[i].Name);
            }

            for (int i = 0; i < _opened.Length; i++)
            {
                ChannelRule rule = ChannelRule.Of(rules, _opened[i].Name);
                if (!_opened[i].Rule.IsSame(rule))
                {
                    _opened[i].Apply(rule, _device.Events);
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
            Measurand measurand = new Measurand(name, Layouts.UnitOf(layout, at), layout[at + ReadingGroup.DecimalsAt], int.MinValue, int.MaxValue);
            int count = _opened.Length;
            Channel[] opened = new Channel[count + 1];
            int[] places = new int[count + 1];
            _opened.CopyTo(opened, 0);
            _places.CopyTo(places, 0);
            opened[count] = new Channel(name, measurand, ChannelRule.Of(_device.Settings.Channels, name));
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
                string first = Rules[child].Name;
                if (name.Length > first.Length && name[first.Length] == '_' && name.IndexOf(first) == 0)
                {
                    string rest = name.Substring(first.Length + 1);
                    byte[] layout = Rules[child].Layout;
                    index = 0;
                    for (at = 0; at < layout.Length; at = Layouts.Next(layout, at))
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
        /// <param name="exception">The first exception code; 0 for none.</param>
        /// <param name="channel">The channel that it was for.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        internal void Answered(int child, int mask, int exception, string channel, long now)
        {
            bool wasFaulty = IsLost(child) || _faults[child] != 0;
            SetFailures(child, 0);
            AnsweredAt[child] = now;
            Masks[child] = mask;
            if (exception != 0 && exception != _faults[child])
            {
                Report(child, channel + ": " + ExceptionText(exception));
            }
            else if (exception == 0 && wasFaulty)
            {
                _device.Events.Add("child-recovered", "child", Rules[child].Name, null);
            }

            _faults[child] = (byte)exception;
            Plan(child, Rules[child].Interval * 1000L, now);
            Keep(child, mask, now);
        }

        /// <summary>The child has not answered, or the line cannot be used.</summary>
        /// <param name="child">The child.</param>
        /// <param name="reason">Why, for the event.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        internal void Failed(int child, string reason, long now)
        {
            int failures = _failures[child] + (_failures[child] < byte.MaxValue ? 1 : 0);
            SetFailures(child, failures);
            if (failures == LostAfter)
            {
                Report(child, reason);
            }

            if (failures >= LostAfter)
            {
                Keep(child, Masks[child] = 0, now);
            }

            long interval = Rules[child].Interval * 1000L;
            int doubled = failures - LostAfter;
            long pause = doubled < 0 ? interval : interval << (doubled < MostDoubled ? doubled + 1 : MostDoubled);
            long longest = interval > LongestPause ? interval : LongestPause;
            Plan(child, pause < longest ? pause : longest, now);
        }

        /// <summary>A write is over.</summary>
        /// <param name="child">The child.</param>
        /// <param name="at">The channel's place in its layout.</param>
        /// <param name="reason">Why it failed; null when it has not.</param>
        internal void Written(int child, int at, string reason)
        {
            string channel = ReadingGroup.NameOf(Rules[child].Layout, at);
            if (reason != null)
            {
                Report(child, channel + ": not written: " + reason);
                return;
            }

            _device.Events.Add("child-written", "channel", Rules[child].Name + "_" + channel, null);
            Plan(child, 0); // its values are of before
        }

        /// <summary>A fault of the child as an event.</summary>
        internal void Report(int child, string reason)
        {
            JsonWriter writer = EventQueue.Begin("child-fault");
            writer.Member("child", Rules[child].Name);
            writer.Member("reason", reason);
            _device.Events.End(writer, false);
        }

        /// <summary>An exception in words.</summary>
        internal static string ExceptionText(int code) => "exception " + code + (code == 1 ? ": function not supported"
            : code == 2 ? ": no such register" : code == 3 ? ": value not allowed" : code == 4 ? ": device failure"
            : code == 6 ? ": busy" : string.Empty);

        private void SetFailures(int child, int failures)
        {
            bool wasLost = IsLost(child);
            _failures[child] = (byte)failures;
            if (IsLost(child) != wasLost)
            {
                Lost += wasLost ? -1 : 1;
                _device.Presence.Refresh();
            }
        }

        // Keeps the rhythm; after a long stop, and before its time, it goes on from now.
        private void Plan(int child, long pause, long now)
        {
            long next = _dueAt[child] + pause;
            Plan(child, next > now && next <= now + pause ? next : now + pause);
        }

        private void Plan(int child, long at)
        {
            long[] due = _dueAt;
            due[child] = at;
            int first = 0;
            for (int i = 1; i < due.Length; i++)
            {
                first = due[i] < due[first] ? i : first;
            }

            Next = first;
            DueAt = due[first];
        }

        private void Keep(int child, int mask, long now)
        {
            int first = First[child];
            bool isTaken = false;
            for (int i = 0; i < _opened.Length; i++)
            {
                int index = _places[i] - first;
                if (index < 0 || index >= ReadingGroup.MaxChannels || (child + 1 < First.Length && _places[i] >= First[child + 1]))
                {
                    continue;
                }

                isTaken = true;
                if ((mask & (1 << index)) == 0)
                {
                    _opened[i].Lose();
                }
                else if (_opened[i].Take(ValueOf(_places[i]), now, _device.Events))
                {
                    Judge(_opened[i], Rules[child].Interval, now);
                }

                mask &= ~(1 << index);
            }

            _device.Keep(Rules[child], Values, first * ReadingGroup.ValueLength, mask, now);
            if (isTaken)
            {
                _device.NotifyInput(now);
            }
        }

        private void Judge(Channel channel, int interval, long now)
        {
            _one = _one ?? new Channel[1];
            _one[0] = channel;
            new ReportFilter(interval).Judge(_one, now);
        }

        // Whose registers it has.
        private ChildRule OwnerOf(ChildRule rule)
        {
            for (int i = 0; i < Rules.Length && rule.Like.Length > 0; i++)
            {
                if (Rules[i].Name == rule.Like)
                {
                    return Rules[i];
                }
            }

            return rule;
        }
    }
}
