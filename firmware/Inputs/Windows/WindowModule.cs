using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Telemetry;

namespace Firmware.Inputs.Windows
{
    /// <summary>Sends the aggregates of windows instead of each value, and takes medians for what was measured.</summary>
    public sealed class WindowModule : Module, IAggregation
    {
        /// <summary>In the key of a row: see <see cref="IAggregation.Save"/>.</summary>
        internal const long OfWindow = 1L << 32;

        private const long OfMedian = 1L << 33;
        private const long MostEarly = 10000;

        private DeviceContext _device; // null for a sampler without a device
        private ReadingWindow[] _windows = new ReadingWindow[0];
        private Channel[] _reported = new Channel[0];
        private ReportFilter _filter;
        private long _interval;

        /// <inheritdoc/>
        public override string Name => "windows";

        /// <inheritdoc/>
        public override SettingGroup Settings => new WindowSettings();

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            device.Sampler.Aggregation = this;
            OnSettings(device.Settings);
        }

        /// <inheritdoc/>
        public override void OnSettings(DeviceSettings settings)
        {
            if (_interval != settings.Interval * 1000L)
            {
                _interval = settings.Interval * 1000L;
                _filter = new ReportFilter(settings.Interval);
            }
        }

        Channel[] IAggregation.Derive(Channel[] measured)
        {
            int windows = 0;
            int count = measured.Length;
            ReadingWindow[] found = new ReadingWindow[count];
            for (int i = 0; i < measured.Length; i++)
            {
                Channel channel = measured[i];
                int scale = channel.Measurand.Scale;
                if (channel.Rule.Median != 0 && scale != Measurand.Boolean && !(channel.Check is MedianCheck))
                {
                    channel.Check = new MedianCheck(channel.Rule, scale);
                }

                if (channel.Rule.Window != 0)
                {
                    found[windows] = WindowOf(channel);
                    count += found[windows++].Channels.Length - 1;
                }
            }

            _windows = new ReadingWindow[windows];
            _reported = measured;
            if (windows == 0)
            {
                return measured;
            }

            Channel[] all = new Channel[count];
            measured.CopyTo(all, 0);
            count = measured.Length;
            for (int i = 0; i < windows; i++)
            {
                _windows[i] = found[i];
                int derived = found[i].Channels.Length - 1;
                System.Array.Copy(found[i].Channels, 1, all, count, derived);
                count += derived;
            }

            _reported = all;
            return all;
        }

        // A measurement belongs to the next windows also if it comes a little early: the first one may have been late.
        void IAggregation.Report(long now)
        {
            ReadingWindow[] windows = _windows;
            long early = _interval / 10;
            long moment = now + (early < MostEarly ? early : MostEarly);
            try
            {
                for (int i = 0; i < windows.Length; i++)
                {
                    ReadingWindow window = windows[i];
                    window.Look();
                    bool isOver = moment >= window.EndAt;
                    if (isOver && (window.EndAt <= now - 1000 || window.IsUrgent))
                    {
                        ReportAlone(window, now);
                        window.Next(moment);
                        isOver = false;
                    }

                    if (isOver)
                    {
                        // Shares a reading with what was measured now.
                        window.Show(now);
                    }
                    else
                    {
                        window.Mute();
                    }
                }

                // Inputs and children report by themselves: their values are of another moment.
                Report(_reported, now, now);
            }
            finally
            {
                for (int i = 0; i < windows.Length; i++)
                {
                    windows[i].Restore();
                }
            }

            for (int i = 0; i < windows.Length; i++)
            {
                if (moment >= windows[i].EndAt)
                {
                    windows[i].Next(moment);
                }

                windows[i].Add(now);
            }
        }

        int IAggregation.Save(long[] rows, int count, Channel channel, long now)
        {
            int at = count * Channel.StateLength;
            ReadingWindow window = Find(channel);
            if (window != null && (window.EndAt != ReadingWindow.NotBegun || window.IsUrgent) && at < rows.Length)
            {
                window.Save(rows, at, now);
                at += Channel.StateLength;
            }

            MedianCheck check = channel.Check as MedianCheck;
            if (check != null && check.Recent[0] > 0 && at < rows.Length)
            {
                // The oldest of nine is not needed any more. The lowest bit tells a value from none.
                int[] recent = check.Recent;
                rows[at] = KeyOfMedian(channel);
                for (int i = 1; i < Channel.StateLength && i <= recent[0]; i++)
                {
                    rows[at + i] = (((long)recent[i] - (i == 1 ? 0 : recent[i - 1])) << 1) | 1;
                }

                at += Channel.StateLength;
            }

            return at / Channel.StateLength;
        }

        // Without the time that has passed, which is after a restart, windows and medians begin again.
        void IAggregation.Load(long[] rows, int count, Channel channel, long now, long time)
        {
            ReadingWindow window = Find(channel);
            if (window != null)
            {
                window.Resume();
                int row = Find(rows, count, window.Key);
                if (row >= 0)
                {
                    window.Load(rows, row, now, time);
                }
            }

            MedianCheck check = channel.Check as MedianCheck;
            int at = check == null || time == long.MaxValue ? -1 : Find(rows, count, KeyOfMedian(channel));
            long value = 0;
            for (int i = 1; at >= 0 && i < Channel.StateLength && i < check.Recent.Length && (rows[at + i] & 1) != 0; i++)
            {
                value += rows[at + i] >> 1;
                check.Recent[i] = (int)value;
                check.Recent[0] = i;
            }
        }

        private static long KeyOfMedian(Channel channel) => Jitter.SeedOf(channel.Name, channel.Measurand.Scale) ^ OfMedian;

        private static int Find(long[] rows, int count, long key)
        {
            for (int i = 0; i < count; i++)
            {
                if (rows[i * Channel.StateLength] == key)
                {
                    return i * Channel.StateLength;
                }
            }

            return -1;
        }

        private ReadingWindow Find(Channel channel)
        {
            for (int i = 0; i < _windows.Length; i++)
            {
                if (_windows[i].Channels[0] == channel)
                {
                    return _windows[i];
                }
            }

            return null;
        }

        // Another rule ends a reported alarm, which is urgent.
        private ReadingWindow WindowOf(Channel channel)
        {
            ReadingWindow old = Find(channel);
            return old != null && old.Rule == channel.Rule ? old
                : new ReadingWindow(channel) { IsUrgent = old != null && (old.IsUrgent || old.HasAlarm) };
        }

        // Without the time of day a reading cannot be older than the run.
        private void ReportAlone(ReadingWindow window, long now)
        {
            long end = window.EndAt < now ? window.EndAt : now;
            window.Show(now);
            Report(window.Channels, now, end < 0 && !_device.Clock.IsSynchronized ? 0 : end);
            window.Restore();
        }

        private void Report(Channel[] channels, long now, long at)
        {
            if (_filter.Judge(channels, now) > 0 && _device.Outbox.Add(channels, at))
            {
                _filter.Sent(channels, now);
                _device.Counters.Readings++;
            }
        }
    }
}
