using System;
using System.Collections;
using Firmware.Actuation;
using Firmware.Sensing;

namespace Firmware.Settings
{
    /// <summary>Rules of different names while they are changed: copies, so that the device's own stay as they are.</summary>
    internal sealed class RuleTable
    {
        internal readonly Setting Setting;

        internal readonly ArrayList Rules = new ArrayList();

        /// <param name="setting">"channels" or "actuators".</param>
        /// <param name="rules">The rules to begin with.</param>
        internal RuleTable(Setting setting, Array rules)
        {
            Setting = setting;
            for (int i = 0; i < rules.Length; i++)
            {
                object rule = rules.GetValue(i);
                object copy = Add(RuleFields.NameOf(rule));
                for (int j = 0; j < setting.Members.Length; j++)
                {
                    int field = setting.Members[j].Field;
                    RuleFields.Set(copy, field, RuleFields.Get(rule, field));
                }
            }
        }

        /// <summary>Why <see cref="Add"/> gave null.</summary>
        internal string TooMany => "is one too many: there may be " + Setting.Max;

        /// <summary>The rule of that name in an array, or null.</summary>
        internal static object Find(Array rules, string name)
        {
            for (int i = 0; i < rules.Length; i++)
            {
                object rule = rules.GetValue(i);
                if (RuleFields.NameOf(rule) == name)
                {
                    return rule;
                }
            }

            return null;
        }

        /// <summary>
        /// Says what in a rule contradicts the rest of it: the field, or -1; and what is wrong with it.
        /// </summary>
        internal static int Contradiction(object rule, out string reason)
        {
            reason = null;
            if (rule is ActuatorRule actuator)
            {
                reason = "is missing";
                return actuator.Pin == RuleFields.NoPin ? RuleFields.Pin : -1;
            }

            ChannelRule channel = (ChannelRule)rule;
            if (channel.Deadband != ChannelRule.Unset && channel.DeadbandPercent != ChannelRule.Unset)
            {
                reason = "cannot stand beside deadband";
                return RuleFields.DeadbandPercent;
            }

            reason = "must be less than high";
            return channel.Low != ChannelRule.Unset && channel.High != ChannelRule.Unset && channel.Low >= channel.High ? RuleFields.Low : -1;
        }

        internal object Find(string name)
        {
            for (int i = 0; i < Rules.Count; i++)
            {
                if (RuleFields.NameOf(Rules[i]) == name)
                {
                    return Rules[i];
                }
            }

            return null;
        }

        /// <summary>Adds a rule with defaults; null when there are too many.</summary>
        internal object Add(string name)
        {
            if (Rules.Count == Setting.Max)
            {
                return null;
            }

            object rule = Setting.Field == SettingField.Channels ? new ChannelRule(name) : new ActuatorRule(name, RuleFields.NoPin);
            Rules.Add(rule);
            return rule;
        }

        internal void Remove(string name)
        {
            object rule = Find(name);
            if (rule != null)
            {
                Rules.Remove(rule);
            }
        }

        /// <summary>Forgets the rules that say nothing.</summary>
        internal void RemoveEmpty()
        {
            for (int i = Rules.Count - 1; i >= 0; i--)
            {
                if (!SaysSomething(Rules[i]))
                {
                    Rules.RemoveAt(i);
                }
            }
        }

        /// <summary>The rules in an array of their own type.</summary>
        internal Array ToArray() => Rules.ToArray(Setting.Field == SettingField.Channels ? typeof(ChannelRule) : typeof(ActuatorRule));

        private bool SaysSomething(object rule)
        {
            Setting[] members = Setting.Members;
            for (int i = 0; i < members.Length; i++)
            {
                if (RuleFields.Get(rule, members[i].Field) != members[i].Standard)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
