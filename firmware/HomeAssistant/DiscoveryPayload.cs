using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>
    /// Writes discovery messages (https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery) with the abbreviated
    /// names defined there, each complete in itself and below 1500 bytes.
    /// </summary>
    internal sealed class DiscoveryPayload
    {
        private const int Grace = 600; // Seconds by which the clocks of device and Home Assistant may differ.
        private const int MostDecimals = 3; // Home Assistant takes no step below 0.001.
        private const string Origin = "m2m"; // The product, as in the manifest of an update.
        private const string Request = "{\"jsonrpc\":\"2.0\",\"from\":\"homeassistant\",\"method\":\"";
        private const string Set = Request + "actuators.set\",\"params\":{\"name\":\"";
        private const string SetChild = Request + "children.set\",\"params\":{\"channel\":\"";
        private const string Value = "\",\"value\":";

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
            writer.Member("~", options.Prefix + "/" + _identity.DeviceId);
            if (entity.Component == Entity.Trigger)
            {
                WriteTrigger(writer, entity.ObjectId);
                WriteDevice(writer, options, null);
                writer.EndObject();
                return;
            }

            writer.Member("uniq_id", _identity.DeviceId + "_" + entity.ObjectId);
            if (entity.Channel != null)
            {
                WriteChannel(writer, entity, options);
            }
            else if (entity.Child != null)
            {
                WriteChild(writer, entity, options);
            }
            else if (entity.Health != null)
            {
                WriteHealth(writer, entity.Health);
            }
            else
            {
                WriteOther(writer, entity.Component, entity.ObjectId);
            }

            WriteDevice(writer, options, entity.Child);
            writer.EndObject();
        }

        private static void WriteOther(JsonWriter writer, string component, string objectId)
        {
            switch (component)
            {
                case Entity.BinarySensor:
                    // Without availability: it shows "off" when the device is away, not "unavailable".
                    WriteState(writer, "Connection", "~/status", Template.Connected);
                    writer.Member("dev_cla", "connectivity");
                    writer.Member("ent_cat", "diagnostic");
                    break;
                case Entity.Event:
                    WriteAlarm(writer);
                    break;
                case Entity.Update:
                    WriteFirmware(writer);
                    break;
                case Entity.Button:
                    WriteButton(writer, objectId);
                    break;
                default:
                    WriteActuator(writer, objectId, component == Entity.Number);
                    break;
            }
        }

        // Home Assistant shows "door turned on".
        private static void WriteTrigger(JsonWriter writer, string name)
        {
            writer.Member("atype", "trigger");
            writer.Member("type", "turned on");
            writer.Member("stype", name);
            writer.Member("t", "~/event");
            writer.Member("val_tpl", Template.Input);
            writer.Member("pl", name + "True");
        }

        private static void WriteChannel(JsonWriter writer, Entity entity, DiscoveryOptions options)
        {
            Measurand measurand = entity.Channel.Measurand;
            bool isBoolean = measurand.Scale == Measurand.Boolean;
            WriteValue(writer, entity, entity.ObjectId, isBoolean ? "vb" : "v", options);
            if (isBoolean)
            {
                writer.Member("pl_on", "True");
                writer.Member("pl_off", "False");
            }
            else
            {
                WriteQuantity(writer, entity.IsTotal, measurand.Unit, entity.ObjectId, measurand.Scale);
            }

            writer.Member("exp_aft", entity.ExpireAfter);
            WriteAvailability(writer);
        }

        private static void WriteChild(JsonWriter writer, Entity entity, DiscoveryOptions options)
        {
            byte[] layout = entity.Child.Layout;
            string unit = ReadingGroup.UnitOf(layout, entity.Place);
            int decimals = layout[entity.Place + ReadingGroup.DecimalsAt];
            WriteValue(writer, entity, ReadingGroup.NameOf(layout, entity.Place), "v", options);
            if (entity.Component == Entity.Sensor)
            {
                WriteQuantity(writer, entity.IsTotal, unit, entity.ObjectId, decimals);
                writer.Member("exp_aft", entity.ExpireAfter);
            }
            else
            {
                WriteChildCommand(writer, entity, unit, decimals);
            }

            writer.Member("avty_t", "~/status");
            writer.Member("avty_tpl", Template.OfChild(entity.Child.Name));
        }

        private static void WriteChildCommand(JsonWriter writer, Entity entity, string unit, int decimals)
        {
            string command = SetChild + entity.ObjectId + Value;
            writer.Member("cmd_t", "~/request");
            if (entity.Component == Entity.Switch)
            {
                writer.Member("stat_on", "1");
                writer.Member("stat_off", "0");
                writer.Member("pl_on", command + "1}}");
                writer.Member("pl_off", command + "0}}");
            }
            else
            {
                int step = entity.Child.StepOf(entity.Place, out int lowest, out int highest);
                int least = decimals > MostDecimals ? FixedPoint.Powers[decimals - MostDecimals] : 1;
                writer.Member("cmd_tpl", command + "{{ value|round(" + decimals.ToString() + ") }}}}");
                unit = HomeAssistantUnit.Of(unit);
                int full = 100 * FixedPoint.Powers[decimals];
                if (unit == "%" && highest > full)
                {
                    highest = full - (full % step);
                    lowest = lowest < 0 ? -highest : 0;
                }

                writer.Member("unit_of_meas", unit.Length == 0 ? null : unit);
                writer.Member("min", lowest, decimals);
                writer.Member("max", highest, decimals);
                writer.Member("step", step > least ? step : least, decimals);
            }

            writer.Member("qos", 1);
        }

        private static void WriteValue(JsonWriter writer, Entity entity, string name, string member, DiscoveryOptions options) =>
            WriteState(writer, NameOf(name), "~/telemetry", Template.OfChannel(entity.ObjectId, member, options.Format, entity.ExpireAfter + Grace));

        private static void WriteState(JsonWriter writer, string name, string topic, string template)
        {
            writer.Member("name", name);
            writer.Member("stat_t", topic);
            writer.Member("val_tpl", template);
        }

        private static void WriteQuantity(JsonWriter writer, bool isTotal, string unit, string name, int decimals)
        {
            string deviceClass = isTotal ? HomeAssistantUnit.ClassOfTotal(unit, name) : HomeAssistantUnit.ClassOf(unit);
            WriteClass(writer, deviceClass, HomeAssistantUnit.Of(unit), isTotal ? HomeAssistantUnit.Total : HomeAssistantUnit.Measurement);
            writer.Member("sug_dsp_prc", decimals);
        }

        private static void WriteHealth(JsonWriter writer, HealthValue health)
        {
            WriteState(writer, health.Name, "~/status", Template.OfHealth(health.Member));
            WriteClass(writer, health.DeviceClass, health.Unit, health.StateClass);
            writer.Member("ent_cat", "diagnostic");
            WriteAvailability(writer);
        }

        private static void WriteActuator(JsonWriter writer, string name, bool hasLevels)
        {
            WriteState(writer, NameOf(name), "~/status", Template.OfActuator(name));
            if (!hasLevels)
            {
                writer.Member("stat_on", "True");
                writer.Member("stat_off", "False");
            }

            writer.Member("cmd_t", "~/request");
            if (hasLevels)
            {
                // A number is 1 to 100 by default.
                writer.Member("cmd_tpl", Set + name + "\",\"level\":{{ value|int }}}}");
                writer.Member("unit_of_meas", "%");
                writer.Member("min", 0);
            }
            else
            {
                writer.Member("pl_on", Set + name + "\",\"on\":true}}");
                writer.Member("pl_off", Set + name + "\",\"on\":false}}");
            }

            WriteCommandEnd(writer);
        }

        private static void WriteButton(JsonWriter writer, string method)
        {
            writer.Member("name", NameOf(method));
            writer.Member("cmd_t", "~/request");
            writer.Member("pl_prs", Request + method + "\"}");
            writer.Member("dev_cla", method);
            writer.Member("ent_cat", "config");
            WriteCommandEnd(writer);
        }

        private static void WriteCommandEnd(JsonWriter writer)
        {
            // With QoS 1 a command waits at the broker for a device that sleeps.
            writer.Member("qos", 1);
            WriteAvailability(writer);
        }

        // Without availability: the device publishes an alarm before its presence, and its last alarm stays true without it.
        private static void WriteAlarm(JsonWriter writer)
        {
            WriteState(writer, "Alarm", "~/event", Template.Alarm);
            writer.Name("evt_typ");
            writer.BeginArray();

            // The states of a channel, then those of a rule.
            writer.String("normal");
            writer.String("high");
            writer.String("low");
            writer.String("active");
            writer.String("inactive");
            writer.String("stale");
            writer.EndArray();
        }

        // Without a command to install: an image comes from the server that offers it.
        private static void WriteFirmware(JsonWriter writer)
        {
            WriteState(writer, "Firmware", "~/status", Template.Firmware);
            writer.Member("dev_cla", Entity.FirmwareId);
            writer.Member("ent_cat", "diagnostic");
            WriteAvailability(writer);
        }

        private static void WriteClass(JsonWriter writer, string deviceClass, string unit, string stateClass)
        {
            writer.Member("dev_cla", deviceClass);
            writer.Member("unit_of_meas", unit);
            writer.Member("stat_cla", stateClass);
        }

        private static void WriteAvailability(JsonWriter writer)
        {
            writer.Member("avty_t", "~/status");
            writer.Member("avty_tpl", Template.Available);
        }

        private void WriteDevice(JsonWriter writer, DiscoveryOptions options, ReadingGroup child)
        {
            string id = _identity.DeviceId;
            writer.Name("dev");
            writer.BeginObject();
            if (child != null)
            {
                writer.Member("ids", id + "_" + child.Name);
                writer.Member("name", child.Name);
                writer.Member("via_device", id);
            }
            else
            {
                writer.Member("ids", id);
                writer.Member("name", options.DeviceName.Length == 0 ? id : options.DeviceName);
                writer.Member("mf", _identity.Manufacturer);
                writer.Member("mdl", _identity.Board);
                writer.Member("sw", _version);
            }

            writer.EndObject();

            // Named in the log of Home Assistant.
            writer.Name("o");
            writer.BeginObject();
            writer.Member("name", Origin);
            writer.Member("sw", _version);
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
    }
}
