using System.Collections;
using System.Text;
using Firmware.Actuation;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>Compares the discovery messages that the broker has with those wanted, and gives those to publish.</summary>
    internal sealed class DiscoveryPlan
    {
        private readonly DiscoveryOptions _options;
        private readonly string _deviceId;
        private readonly string _common;
        private readonly bool _isRenewal;

        /// <summary>Creates a plan in which no message is wanted.</summary>
        /// <param name="published">The messages that the broker retains, or may retain; changed by the plan.</param>
        /// <param name="options">The settings.</param>
        /// <param name="identity">Which device this is.</param>
        /// <param name="version">Version of the firmware: with another one all messages are published again.</param>
        /// <param name="isRenewal">Whether to publish also messages that the broker should have.</param>
        internal DiscoveryPlan(ArrayList published, DiscoveryOptions options, BoardIdentity identity, string version, bool isRenewal)
        {
            All = published;
            _options = options;
            _deviceId = identity.DeviceId;
            _common = options.Prefix + " " + version + " " + identity.Board + " " + (int)options.Format + " " + options.DeviceName + " ";
            _isRenewal = isRenewal;
        }

        /// <summary>The messages that the broker retains, or may retain once the plan is complete.</summary>
        internal readonly ArrayList All;

        /// <summary>Whether a channel is kept whose sensor this run has not found.</summary>
        internal bool HasAbsent;

        /// <summary>Whether the file must be written.</summary>
        internal bool IsChanged;

        /// <summary>Adds all entities of the device.</summary>
        /// <param name="channels">Its channels, and others behind them.</param>
        /// <param name="count">How many are its own.</param>
        internal void AddAll(Channel[] channels, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Measurand measurand = channels[i].Measurand;
                string name = channels[i].Name;
                bool isBoolean = measurand.Scale == Measurand.Boolean;

                // What a meter counts comes with its rate.
                bool isTotal = i + 1 < count && channels[i + 1].Name == name + "-rate";
                int expireAfter = DiscoveryPayload.ExpireAfter(channels[i].Rule, _options.Interval);
                Entity entity = new Entity(isBoolean ? Entity.BinarySensor : Entity.Sensor, name) { Channel = channels[i], IsTotal = isTotal, ExpireAfter = expireAfter };
                Add(entity, measurand.Unit + " " + measurand.Scale + " " + expireAfter + (isTotal ? "+" : string.Empty));
                if (isBoolean)
                {
                    Add(new Entity(Entity.Trigger, name), string.Empty);
                }
            }

            IOutputs outputs = _options.Outputs;
            for (int i = 0; outputs != null && i < outputs.Count; i++)
            {
                Add(new Entity(outputs.HasLevels(i) ? Entity.Number : Entity.Switch, outputs.NameOf(i)), string.Empty);
            }

            for (int i = 0; i < HealthValue.Count; i++)
            {
                HealthValue value = HealthValue.At(i);
                Add(new Entity(Entity.Sensor, Entity.HealthPrefix + value.Member) { Health = value }, string.Empty);
            }

            Add(new Entity(Entity.BinarySensor, Entity.ConnectionId), string.Empty);
            Add(new Entity(Entity.Event, Entity.AlarmId), string.Empty);
            Add(new Entity(Entity.Button, Entity.RestartId), string.Empty);
            if (_options.HasLed)
            {
                Add(new Entity(Entity.Button, Entity.IdentifyId), string.Empty);
            }

            if (_options.HasUpdates)
            {
                Add(new Entity(Entity.Update, Entity.FirmwareId), string.Empty);
            }
        }

        /// <summary>Adds all entities of a child.</summary>
        /// <param name="child">The child.</param>
        /// <param name="channels">Those of its channels that have an object, among others.</param>
        internal void AddChild(ReadingGroup child, Channel[] channels)
        {
            byte[] layout = child.Layout;
            for (int at = 0; layout != null && at < layout.Length; at += layout[at])
            {
                string name = child.Name + "_" + ReadingGroup.NameOf(layout, at);
                string unit = ReadingGroup.UnitOf(layout, at);
                int decimals = layout[at + ReadingGroup.DecimalsAt];
                int step = child.StepOf(at, out int lowest, out int highest);
                ChannelRule rule = ChannelRule.Default;
                for (int i = 0; i < channels.Length; i++)
                {
                    rule = channels[i].Name == name ? channels[i].Rule : rule;
                }

                int expireAfter = DiscoveryPayload.ExpireAfter(rule, (int)(child.Bits >> ReadingGroup.IntervalShift));
                bool isSwitch = step == 1 && decimals == 0 && unit.Length == 0;
                Entity entity = new Entity(step == 0 ? Entity.Sensor : isSwitch ? Entity.Switch : Entity.Number, name)
                {
                    Child = child,
                    Place = at,
                    ExpireAfter = expireAfter,
                    IsTotal = unit == "Wh" || unit == "kWh",
                };
                Add(entity, unit + " " + decimals + " " + expireAfter + " " + step + " " + lowest + " " + highest);
            }
        }

        /// <summary>Marks messages for removal that are not wanted.</summary>
        /// <param name="keepsAbsent">
        /// Whether to keep channels whose sensor is absent: it may be late, and Home Assistant would forget the area and
        /// name that the user gave them.
        /// </param>
        internal void RemoveOthers(bool keepsAbsent)
        {
            string channels = _options.DiscoveryPrefix + "/" + Entity.Sensor + "/" + _deviceId + "/";
            string contacts = _options.DiscoveryPrefix + "/" + Entity.BinarySensor + "/" + _deviceId + "/";
            string triggers = _options.DiscoveryPrefix + "/" + Entity.Trigger + "/";
            for (int i = 0; i < All.Count; i++)
            {
                Announcement entry = (Announcement)All[i];
                if (entry.Entity == null)
                {
                    bool isChannel = entry.Topic.IndexOf(contacts) == 0 || entry.Topic.IndexOf(triggers) == 0
                        || (entry.Topic.IndexOf(channels) == 0 && entry.Topic.IndexOf(channels + Entity.HealthPrefix) < 0);
                    bool isKept = keepsAbsent && isChannel && _options.IsEnabled;
                    entry.IsDue = !isKept;
                    HasAbsent |= isKept;
                }
            }
        }

        /// <summary>The next message to publish, removals first; null when the plan is complete.</summary>
        internal Announcement Next()
        {
            Announcement next = null;
            for (int i = 0; i < All.Count; i++)
            {
                Announcement entry = (Announcement)All[i];
                if (entry.IsDue && (next == null || (entry.Entity == null && next.Entity != null)))
                {
                    next = entry;
                }
            }

            return next;
        }

        /// <summary>Marks messages that change as uncertain: the broker may have the old or the new form from now on.</summary>
        /// <returns>Whether the file must be written before they are published.</returns>
        internal bool MarkUncertain()
        {
            bool isNew = false;
            for (int i = 0; i < All.Count; i++)
            {
                Announcement entry = (Announcement)All[i];
                if (entry.IsDue && entry.Fingerprint != entry.NextFingerprint)
                {
                    isNew |= entry.Fingerprint != 0 || entry.IsNew;
                    entry.Fingerprint = 0;
                }
            }

            return isNew;
        }

        /// <summary>The broker has acknowledged a message.</summary>
        internal void Done(Announcement entry)
        {
            IsChanged |= entry.Entity == null || entry.Fingerprint != entry.NextFingerprint;
            entry.IsDue = false;
            entry.Fingerprint = entry.NextFingerprint;
            if (entry.Entity == null)
            {
                All.Remove(entry);
            }
        }

        private void Add(Entity entity, string details)
        {
            string topic = _options.DiscoveryPrefix + "/" + entity.Component + "/" + _deviceId + "/" + entity.ObjectId + "/config";
            byte[] text = Encoding.UTF8.GetBytes(_common + details);
            int fingerprint = (int)Crc32.Of(text, 0, text.Length) | 1; // Never 0, which means "not certain".
            Announcement entry = Find(topic);
            entry.Entity = entity;
            entry.NextFingerprint = fingerprint;
            entry.IsDue = _isRenewal || entry.Fingerprint != fingerprint;
        }

        private Announcement Find(string topic)
        {
            for (int i = 0; i < All.Count; i++)
            {
                if (((Announcement)All[i]).Topic == topic)
                {
                    return (Announcement)All[i];
                }
            }

            Announcement entry = new Announcement(topic, 0) { IsNew = true };
            All.Add(entry);
            return entry;
        }
    }
}
