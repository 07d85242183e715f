using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>
    /// Templates (Jinja) with which Home Assistant finds a value in a message. A template that gives nothing leaves the
    /// value unchanged. For all messages of the device, no template makes Home Assistant log a warning.
    /// </summary>
    internal static class Template
    {
        /// <summary>A device that sleeps is available: its last measurement is its value.</summary>
        internal const string Available = "{{ 'online'" + IfThere + Else + "'offline' }}";

        internal const string Connected = "{{ 'ON'" + IfThere + Else + "'OFF' }}";

        /// <summary>Of an event: the input and "True" or "False"; of other events something else.</summary>
        internal const string Input = "{{ value_json.input" + Default + "'')~value_json.on" + Default + "'') }}";

        /// <summary>An alarm of a channel, or the event of a rule; of other events nothing.</summary>
        internal const string Alarm = "{% if value_json.type in ('alarm','rule') %}{{ dict(value_json,event_type=value_json.state)|to_json }}{% endif %}";

        /// <summary>
        /// The state of the firmware in Home Assistant's JSON, which takes no other members. Without an update the latest
        /// version that is known is the one that runs; one that waits is not in progress.
        /// </summary>
        internal const string Firmware = "{% set u=value_json.updating" + Default + "{}) %}{{ {'installed_version':value_json.version,"
            + "'latest_version':u.version" + Default + "value_json.version),'in_progress':u.percent is defined,"
            + "'update_percentage':u.percent" + Default + "none)}|to_json }}";

        private const string IfThere = " if value_json.state in ('online','sleeping')";
        private const string Else = " else ";
        private const string Now = "now().timestamp()";
        private const string Default = "|default(";

        /// <summary>
        /// The newest value of a channel, unless it is too old: after an outage the device publishes what it has measured
        /// meanwhile.
        /// </summary>
        internal static string OfChannel(string name, string member, TelemetryFormat format, int oldest)
        {
            string isYoung = ">" + Now + "-" + oldest + " %}{{ ";
            if (format == TelemetryFormat.Json)
            {
                return "{% if value_json.timeUnknown is not defined and value_json.time" + Default + Now + ")-value_json.age"
                    + Default + "0)" + isYoung + "value_json['" + name + "']" + Default + "'') }}{% endif %}";
            }

            return "{% set r=value_json|selectattr('n','eq','" + name + "')|list|last %}"
                + "{% if r is defined and value_json[1].n!='time-unknown' and value_json[0].bt" + Default + Now + ")+r.t"
                + Default + "0)" + isYoung + "r." + member + " }}{% endif %}";
        }

        /// <summary>A member of "health"; presence without it changes nothing.</summary>
        internal static string OfHealth(string member) =>
            "{{ (value_json.health" + Default + "{}))." + member + Default + "'') }}";

        /// <summary>A child is available while the device is, and has an answer of it.</summary>
        internal static string OfChild(string name) =>
            "{{ 'online'" + IfThere + " and '" + name + "' not in value_json.childrenLost" + Default + "[])" + Else + "'offline' }}";

        /// <summary>"True" or "False", or a level; presence without the actuator changes nothing.</summary>
        internal static string OfActuator(string name) =>
            "{{ (value_json.actuators" + Default + "{}))['" + name + "']" + Default + "'') }}";
    }
}
