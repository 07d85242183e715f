using Firmware.Actuation;
using Firmware.Sensing;

namespace Firmware.Settings
{
    /// <summary>Rules of channels and actuators as rows of numbers.</summary>
    internal static class RuleFields
    {
        internal const int Offset = 0;
        internal const int Gain = 1;
        internal const int Deadband = 2;
        internal const int DeadbandPercent = 3;
        internal const int Heartbeat = 4;
        internal const int Low = 5;
        internal const int High = 6;
        internal const int Hysteresis = 7;
        internal const int MaxRate = 8;
        internal const int Stuck = 9;
        internal const int Disagreement = 10;

        internal const int Pin = 0;
        internal const int Inverted = 1;
        internal const int Safe = 2;
        internal const int Limit = 3;

        /// <summary>The pin of an actuator that was not given one yet.</summary>
        internal const int NoPin = -1;

        internal static string NameOf(object rule) => rule is ChannelRule channel ? channel.Name : ((ActuatorRule)rule).Name;

        internal static long Get(object rule, int field) => rule is ChannelRule channel ? Of(channel, field) : Of((ActuatorRule)rule, field);

        internal static void Set(object rule, int field, long value)
        {
            if (rule is ChannelRule channel)
            {
                Set(channel, field, value);
            }
            else
            {
                Set((ActuatorRule)rule, field, value);
            }
        }

        private static long Of(ChannelRule rule, int field)
        {
            switch (field)
            {
                case Offset: return rule.Offset;
                case Gain: return rule.Gain;
                case Deadband: return rule.Deadband;
                case DeadbandPercent: return rule.DeadbandPercent;
                case Heartbeat: return rule.Heartbeat;
                case Low: return rule.Low;
                case High: return rule.High;
                case Hysteresis: return rule.Hysteresis;
                case MaxRate: return rule.MaxRate;
                case Stuck: return rule.Stuck;
                default: return rule.Disagreement;
            }
        }

        private static void Set(ChannelRule rule, int field, long value)
        {
            switch (field)
            {
                case Offset: rule.Offset = value; break;
                case Gain: rule.Gain = value; break;
                case Deadband: rule.Deadband = value; break;
                case DeadbandPercent: rule.DeadbandPercent = value; break;
                case Heartbeat: rule.Heartbeat = (int)value; break;
                case Low: rule.Low = value; break;
                case High: rule.High = value; break;
                case Hysteresis: rule.Hysteresis = value; break;
                case MaxRate: rule.MaxRate = value; break;
                case Stuck: rule.Stuck = (int)value; break;
                default: rule.Disagreement = value; break;
            }
        }

        private static long Of(ActuatorRule rule, int field)
        {
            switch (field)
            {
                case Pin: return rule.Pin;
                case Inverted: return rule.IsInverted ? 1 : 0;
                case Safe: return rule.SafeState ? 1 : 0;
                default: return rule.Limit;
            }
        }

        private static void Set(ActuatorRule rule, int field, long value)
        {
            switch (field)
            {
                case Pin: rule.Pin = (int)value; break;
                case Inverted: rule.IsInverted = value != 0; break;
                case Safe: rule.SafeState = value != 0; break;
                default: rule.Limit = (int)value; break;
            }
        }
    }
}
