namespace Firmware.Tests.HomeAssistant
{
    /// <summary>
    /// What Home Assistant accepts, for the components that we use. Facts of github.com/home-assistant/core, read in 2026:
    /// components/mqtt/{abbreviations,config,schemas,sensor,binary_sensor,switch,number,button,event,update,device_trigger,discovery}.py,
    /// components/sensor/const.py, and the device classes of components/{binary_sensor,button,event,switch,update}.
    /// </summary>
    internal static class HomeAssistantFacts
    {
        /// <summary>Abbreviations and what they stand for: "short=long".</summary>
        public const string Abbreviations =
            " uniq_id=unique_id stat_t=state_topic val_tpl=value_template dev_cla=device_class"
            + " unit_of_meas=unit_of_measurement stat_cla=state_class sug_dsp_prc=suggested_display_precision"
            + " exp_aft=expire_after ent_cat=entity_category avty_t=availability_topic avty_tpl=availability_template"
            + " avty_mode=availability_mode stat_on=state_on stat_off=state_off cmd_t=command_topic cmd_tpl=command_template"
            + " pl_on=payload_on pl_off=payload_off pl_prs=payload_press pl_inst=payload_install dev=device o=origin"
            + " atype=automation_type stype=subtype t=topic pl=payload evt_typ=event_types off_dly=off_delay opt=optimistic"
            + " ret=retain e=encoding en=enabled_by_default ic=icon ent_pic=entity_picture json_attr_t=json_attributes_topic"
            + " json_attr_tpl=json_attributes_template l_ver_t=latest_version_topic l_ver_tpl=latest_version_template"
            + " pl_avail=payload_available pl_not_avail=payload_not_available ";

        /// <summary>The same within "device".</summary>
        public const string DeviceAbbreviations =
            " ids=identifiers cns=connections mdl=model mdl_id=model_id sw=sw_version mf=manufacturer hw=hw_version"
            + " sn=serial_number sa=suggested_area cu=configuration_url ";

        /// <summary>The same within "origin".</summary>
        public const string OriginAbbreviations = " sw=sw_version url=support_url ";

        /// <summary>Keys of "device"; identifiers or connections are needed.</summary>
        public const string DeviceKeys =
            " identifiers connections name model model_id sw_version manufacturer hw_version serial_number suggested_area"
            + " configuration_url via_device ";

        /// <summary>Keys of "origin"; the name is needed.</summary>
        public const string OriginKeys = " name sw_version support_url ";

        /// <summary>Keys that all entities accept; "~" is resolved before.</summary>
        public const string EntityKeys =
            " ~ name qos encoding unique_id device origin entity_category device_class enabled_by_default icon entity_picture"
            + " json_attributes_topic json_attributes_template availability_topic availability_template availability_mode"
            + " payload_available payload_not_available ";

        /// <summary>Keys of a device trigger, which is no entity; "origin" is checked, then removed.</summary>
        public const string TriggerKeys = " ~ qos encoding automation_type device origin topic type subtype payload value_template ";

        /// <summary>Entity categories of all components; a sensor and a binary sensor accept "diagnostic" alone.</summary>
        public const string EntityCategories = " config diagnostic ";

        /// <summary>Device classes of sensors with the units that go with them, those in which something like ours is measured.</summary>
        public const string Units =
            " temperature=\u00B0C temperature=\u00B0F temperature=K humidity=%"
            + " atmospheric_pressure=Pa atmospheric_pressure=hPa atmospheric_pressure=kPa atmospheric_pressure=mbar"
            + " voltage=V voltage=mV signal_strength=dB signal_strength=dBm data_size=B data_size=kB"
            + " current=A current=mA illuminance=lx frequency=Hz apparent_power=VA reactive_power=var speed=m/s power=W power=kW energy=Wh energy=kWh energy=MWh"
            + " water=L water=m\u00B3 gas=m\u00B3 volume_flow_rate=m\u00B3/h"
            + " duration=d duration=h duration=min duration=s duration=ms ";

        /// <summary>The state classes that go with a device class; without a device class all of them do.</summary>
        public const string StateClasses =
            " temperature=measurement humidity=measurement atmospheric_pressure=measurement voltage=measurement"
            + " current=measurement illuminance=measurement frequency=measurement apparent_power=measurement reactive_power=measurement speed=measurement power=measurement volume_flow_rate=measurement"
            + " energy=total energy=total_increasing water=total water=total_increasing gas=total gas=total_increasing"
            + " signal_strength=measurement data_size=measurement data_size=total data_size=total_increasing"
            + " duration=measurement duration=total duration=total_increasing ";

        /// <summary>All state classes.</summary>
        public const string AllStateClasses = " measurement total total_increasing ";

        private const string State = " state_topic value_template ";

        private const string Command = " command_topic command_template retain ";

        /// <summary>Keys of a component beside those of all entities; null for one that we do not use.</summary>
        public static string KeysOf(string component)
        {
            switch (component)
            {
                case "sensor":
                    return State + " unit_of_measurement state_class suggested_display_precision expire_after force_update options last_reset_value_template ";
                case "binary_sensor":
                    return State + " payload_on payload_off expire_after force_update off_delay ";
                case "switch":
                    return State + Command + " payload_on payload_off state_on state_off optimistic ";
                case "number":
                    return State + Command + " unit_of_measurement min max step mode payload_reset optimistic ";
                case "button":
                    return Command + " payload_press ";
                case "event":
                    return State + " event_types ";
                case "update":
                    return State + " command_topic payload_install retain latest_version_topic latest_version_template title"
                        + " release_summary release_url display_precision ";
                default:
                    return null;
            }
        }

        /// <summary>Keys without which Home Assistant refuses a message.</summary>
        public static string RequiredOf(string component)
        {
            switch (component)
            {
                case "switch":
                case "number":
                case "button":
                    return "command_topic";
                case "event":
                    return "state_topic event_types";
                case "device_automation":
                    return "automation_type device topic type subtype";
                default:
                    return "state_topic";
            }
        }

        /// <summary>Device classes of a component other than a sensor.</summary>
        public static string ClassesOf(string component)
        {
            switch (component)
            {
                case "binary_sensor":
                    return " battery battery_charging carbon_monoxide cold connectivity door garage_door gas heat light lock moisture"
                        + " motion moving occupancy opening plug power presence problem running safety smoke sound tamper update"
                        + " vibration window ";
                case "button":
                    return " identify restart update ";
                case "event":
                    return " button doorbell motion ";
                case "switch":
                    return " outlet switch ";
                case "update":
                    return " firmware ";
                default:
                    return " ";
            }
        }
    }
}
