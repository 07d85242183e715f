using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.HomeAssistant
{
    /// <summary>
    /// Writes discovery messages (https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery) with the abbreviated
    /// names defined there, each complete in itself and below 1500 bytes.
    /// </summary>
    internal sealed class DiscoveryPayload
    {
        private const int Grace = 600; // Seconds by which the clocks of device and Home Assistant may differ.
        private const string Set = "{\"jsonrpc\":\"2.0\",\"from\":\"homeassistant\",\"method\":\"actuators.set\",\"params\":{\"name\":\"";

        private readonly BoardIdentity _identity;
        private readonly string _version;

        internal DiscoveryPayload(BoardIdentity identity, string version)
        {
            _identity = identity;
            _version = version;
        }

        /// <summary>
        /// Seconds of silence after which a value is no longer shown: the time of three values. With a deadband a value is due
        /// at its heartbeat.
        /// </summary>
        internal static int ExpireAfter(ChannelRule rule, int interval)
        {
            interval = rule.Window > interval ? rule.Window : interval;
            bool sendsAll = rule.Deadband == ChannelRule.Unset && rule.DeadbandPercent == ChannelRule.Unset;
            return (3 * (sendsAll || rule.Heartbeat < interval ? interval : rule.Heartbeat)) + 30;
        }

        /// <summary>Writes the discovery message of an entity.</summary>
        internal void Write(JsonWriter writer, Entity entity, DiscoveryOptions options)
        {
            writer.BeginObject();
            Put(writer, "~", options.Prefix + "/" + _identity.DeviceId);
            if (entity.Component == Entity.Trigger)
            {
                WriteTrigger(writer, entity.ObjectId);
                WriteDevice(writer);
                writer.EndObject();
                return;
            }

            Put(writer, "uniq_id", _identity.DeviceId + "_" + entity.ObjectId);
            if (entity.Channel != null)
            {
                WriteChannel(writer, entity.Channel, entity.IsTotal, options);
            }
            else if (entity.Health != null)
            {
                WriteHealth(writer, entity.Health);
            }
            else if (entity.Component != Entity.BinarySensor)
            {
                WriteActuator(writer, entity.ObjectId, entity.Component == Entity.Number);
            }
            else
            {
                WriteConnection(writer);
            }

            WriteDevice(writer);
            writer.EndObject();
        }

        // Home Assistant shows "door turned on".
        private static void WriteTrigger(JsonWriter writer, string name)
        {
            Put(writer, "atype", "trigger");
            Put(writer, "type", "turned on");
            Put(writer, "stype", name);
            Put(writer, "t", "~/event");
            Put(writer, "val_tpl", Template.Input);
            Put(writer, "pl", name + "True");
        }

        private static void WriteChannel(JsonWriter writer, Channel channel, bool isTotal, DiscoveryOptions options)
        {
            Measurand measurand = channel.Measurand;
            int expireAfter = ExpireAfter(channel.Rule, options.Interval);
            Put(writer, "name", NameOf(channel.Name));
            Put(writer, "stat_t", "~/telemetry");
            bool isBoolean = measurand.Scale == Measurand.Boolean;
            Put(writer, "val_tpl", Template.OfChannel(channel.Name, isBoolean ? "vb" : "v", options.Format, expireAfter + Grace));
            if (isBoolean)
            {
                Put(writer, "pl_on", "True");
                Put(writer, "pl_off", "False");
            }
            else
            {
                string deviceClass = isTotal ? HomeAssistantUnit.ClassOfTotal(measurand.Unit, channel.Name) : HomeAssistantUnit.ClassOf(measurand.Unit);
                WriteClass(writer, deviceClass, HomeAssistantUnit.Of(measurand.Unit), isTotal ? HomeAssistantUnit.Total : HomeAssistantUnit.Measurement);
                writer.Member("sug_dsp_prc", measurand.Scale);
            }

            writer.Member("exp_aft", expireAfter);
            WriteAvailability(writer);
        }

        private static void WriteHealth(JsonWriter writer, HealthValue health)
        {
            Put(writer, "name", health.Name);
            Put(writer, "stat_t", "~/status");
            Put(writer, "val_tpl", Template.OfHealth(health.Member));
            WriteClass(writer, health.DeviceClass, health.Unit, health.StateClass);
            Put(writer, "ent_cat", "diagnostic");
            WriteAvailability(writer);
        }

        private static void WriteActuator(JsonWriter writer, string name, bool hasLevels)
        {
            Put(writer, "name", NameOf(name));
            Put(writer, "stat_t", "~/status");
            Put(writer, "val_tpl", Template.OfActuator(name));
            if (!hasLevels)
            {
                Put(writer, "stat_on", "True");
                Put(writer, "stat_off", "False");
            }

            Put(writer, "cmd_t", "~/request");
            if (hasLevels)
            {
                // A number is 1 to 100 by default.
                Put(writer, "cmd_tpl", Set + name + "\",\"level\":{{ value|int }}}}");
                Put(writer, "unit_of_meas", "%");
                writer.Member("min", 0);
            }
            else
            {
                Put(writer, "pl_on", Set + name + "\",\"on\":true}}");
                Put(writer, "pl_off", Set + name + "\",\"on\":false}}");
            }

            // With QoS 1 a command waits at the broker for a device that sleeps.
            writer.Member("qos", 1);
            WriteAvailability(writer);
        }

        // Without availability: it shows "off" when the device is away, not "unavailable".
        private static void WriteConnection(JsonWriter writer)
        {
            Put(writer, "name", "Connection");
            Put(writer, "stat_t", "~/status");
            Put(writer, "val_tpl", Template.Connected);
            Put(writer, "dev_cla", "connectivity");
            Put(writer, "ent_cat", "diagnostic");
        }

        private static void WriteClass(JsonWriter writer, string deviceClass, string unit, string stateClass)
        {
            if (deviceClass != null)
            {
                Put(writer, "dev_cla", deviceClass);
            }

            if (unit != null)
            {
                Put(writer, "unit_of_meas", unit);
            }

            Put(writer, "stat_cla", stateClass);
        }

        private static void WriteAvailability(JsonWriter writer)
        {
            Put(writer, "avty_t", "~/status");
            Put(writer, "avty_tpl", Template.Available);
        }

        private void WriteDevice(JsonWriter writer)
        {
            writer.Name("dev");
            writer.BeginObject();
            Put(writer, "ids", _identity.DeviceId);
            Put(writer, "name", _identity.DeviceId);
            Put(writer, "mdl", _identity.Board);
            Put(writer, "sw", _version);
            writer.EndObject();
        }

        // "gas-resistance" gives "Gas resistance".
        private static string NameOf(string name)
        {
            char[] chars = name.ToCharArray();
            for (int i = 0; i < chars.Length; i++)
            {
                chars[i] = chars[i] == '-' || chars[i] == '_' ? ' ' : chars[i];
            }

            if (chars[0] >= 'a' && chars[0] <= 'z')
            {
                chars[0] -= (char)('a' - 'A');
            }

            return new string(chars);
        }

        private static void Put(JsonWriter writer, string name, string value)
        {
            writer.Name(name);
            writer.String(value);
        }
    }
}
