using System.Collections;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Settings
{
    /// <summary>Reads "channels": what is wanted of each channel, by its name.</summary>
    internal static class ChannelSection
    {
        private const int MaxChannels = 16;
        private const int MaxHeartbeat = 86400;
        private const int MaxStuck = 10000;

        // In millionths, as all quantities of a rule.
        private const long One = ChannelRule.One;
        private const long MaxQuantity = 1000000000 * One;
        private const long MinGain = One / 10;
        private const long MaxGain = 10 * One;
        private const long MaxPercent = 100 * One;
        private const long MaxRate = 1000000 * One;

        internal static ChannelRule[] Read(SettingsSource source, int token)
        {
            ArrayList rules = new ArrayList();
            if (source.IsObject(token, "channels"))
            {
                for (int name = source.Reader.First(token); name != JsonReader.None; name = source.Reader.Next(name))
                {
                    ReadChannel(source, name, rules);
                }
            }

            return (ChannelRule[])rules.ToArray(typeof(ChannelRule));
        }

        // Whether there is such a channel shows only when its sensor answers, perhaps in a year: any name will do.
        private static void ReadChannel(SettingsSource source, int nameToken, ArrayList rules)
        {
            int token = source.Reader.ValueOf(nameToken);
            string name = source.NameOf(nameToken);
            if (name == null || !TopicLevel.IsValid(name))
            {
                source.Unknown("channels.", name);
                return;
            }

            string path = "channels." + name;
            Forget(rules, name);
            if (rules.Count == MaxChannels)
            {
                source.Fault(path, "is one too many: there may be " + MaxChannels);
            }
            else if (source.IsObject(token, path))
            {
                rules.Add(ReadRule(source, token, path + ".", new ChannelRule(name)));
            }
        }

        // Of several with one name the last counts, as for every other key.
        private static void Forget(ArrayList rules, string name)
        {
            for (int i = rules.Count - 1; i >= 0; i--)
            {
                if (((ChannelRule)rules[i]).Name == name)
                {
                    rules.RemoveAt(i);
                }
            }
        }

        private static ChannelRule ReadRule(SettingsSource source, int token, string path, ChannelRule rule)
        {
            for (int name = source.Reader.First(token); name != JsonReader.None; name = source.Reader.Next(name))
            {
                int value = source.Reader.ValueOf(name);
                string key = source.NameOf(name);
                if (!IsSending(source, value, path, key, rule) && !IsJudging(source, value, path, key, rule))
                {
                    source.Unknown(path, key);
                }
            }

            Reconcile(source, path, rule);
            return rule;
        }

        /// <summary>What is sent, and when.</summary>
        private static bool IsSending(SettingsSource source, int value, string path, string key, ChannelRule rule)
        {
            switch (key)
            {
                case "offset":
                    rule.Offset = Quantity(source, value, path + key, -MaxQuantity, MaxQuantity, 0);
                    return true;
                case "gain":
                    rule.Gain = Quantity(source, value, path + key, MinGain, MaxGain, One);
                    return true;
                case "deadband":
                    rule.Deadband = Quantity(source, value, path + key, 0, MaxQuantity, ChannelRule.Unset);
                    return true;
                case "deadbandPercent":
                    rule.DeadbandPercent = Quantity(source, value, path + key, 0, MaxPercent, ChannelRule.Unset);
                    return true;
                case "heartbeat":
                    rule.Heartbeat = source.Integer(value, path + key, 1, MaxHeartbeat, ChannelRule.DefaultHeartbeat);
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>What is raised, and what cannot be true.</summary>
        private static bool IsJudging(SettingsSource source, int value, string path, string key, ChannelRule rule)
        {
            switch (key)
            {
                case "low":
                    rule.Low = Quantity(source, value, path + key, -MaxQuantity, MaxQuantity, ChannelRule.Unset);
                    return true;
                case "high":
                    rule.High = Quantity(source, value, path + key, -MaxQuantity, MaxQuantity, ChannelRule.Unset);
                    return true;
                case "hysteresis":
                    rule.Hysteresis = Quantity(source, value, path + key, 0, MaxQuantity, 0);
                    return true;
                case "maxRate":
                    rule.MaxRate = Quantity(source, value, path + key, 1, MaxRate, ChannelRule.Unset);
                    return true;
                case "stuck":
                    rule.Stuck = Stuck(source, value, path + key);
                    return true;
                case "disagreement":
                    rule.Disagreement = Quantity(source, value, path + key, 0, MaxQuantity, ChannelRule.Unset);
                    return true;
                default:
                    return false;
            }
        }

        private static void Reconcile(SettingsSource source, string path, ChannelRule rule)
        {
            if (rule.Deadband != ChannelRule.Unset && rule.DeadbandPercent != ChannelRule.Unset)
            {
                source.Fault(path + "deadbandPercent", "cannot stand beside deadband, which is used");
                rule.DeadbandPercent = ChannelRule.Unset;
            }

            if (rule.Low != ChannelRule.Unset && rule.High != ChannelRule.Unset && rule.Low >= rule.High)
            {
                source.Fault(path + "low", "must be less than high: neither is used");
                rule.Low = ChannelRule.Unset;
                rule.High = ChannelRule.Unset;
            }
        }

        private static int Stuck(SettingsSource source, int token, string path)
        {
            if (source.Reader.TryGetInt64(token, out long samples) && samples >= 0 && samples <= MaxStuck && samples != 1)
            {
                return (int)samples;
            }

            source.Fault(path, "must be 0 or an integer from 2 to " + MaxStuck);
            return 0;
        }

        private static long Quantity(SettingsSource source, int token, string path, long minimum, long maximum, long standard)
        {
            if (source.Reader.TryGetFixed(token, ChannelRule.Scale, out long value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            string range = FixedPoint.ToText(minimum, ChannelRule.Scale) + " to " + FixedPoint.ToText(maximum, ChannelRule.Scale);
            source.Fault(path, "must be a number from " + range + " with at most 6 decimals");
            return standard;
        }
    }
}
