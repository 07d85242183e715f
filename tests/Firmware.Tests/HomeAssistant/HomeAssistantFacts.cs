namespace Firmware.Tests.HomeAssistant
{
    /// <summary>
    /// What Home Assistant accepts, as far as we use it. Facts of github.com/home-assistant/core, read in 2026:
    /// components/mqtt/{abbreviations,config,schemas,sensor,binary_sensor,switch,device_trigger,discovery}.py, components/sensor/const.py
    /// and components/binary_sensor/__init__.py.
    /// </summary>
    internal static class HomeAssistantFacts
    {
        /// <summary>Abbreviations and what they stand for: "short=long", and keys that have no abbreviation.</summary>
        public const string Abbreviations =
            " ~=~ name=name qos=qos uniq_id=unique_id stat_t=state_topic val_tpl=value_template dev_cla=device_class"
            + " unit_of_meas=unit_of_measurement stat_cla=state_class sug_dsp_prc=suggested_display_precision"
            + " exp_aft=expire_after ent_cat=entity_category avty_t=availability_topic avty_tpl=availability_template"
            + " stat_on=state_on stat_off=state_off cmd_t=command_topic pl_on=payload_on pl_off=payload_off dev=device"
            + " atype=automation_type type=type stype=subtype t=topic pl=payload"
            + " pl_avail=payload_available pl_not_avail=payload_not_available ";

        /// <summary>The same within "device".</summary>
        public const string DeviceAbbreviations = " ids=identifiers name=name mdl=model sw=sw_version mf=manufacturer hw=hw_version ";

        /// <summary>Keys that all of our components accept; "~" is resolved before.</summary>
        public const string CommonKeys =
            " ~ name qos unique_id value_template device_class state_topic entity_category availability_topic"
            + " availability_template payload_available payload_not_available device ";

        /// <summary>Keys of a sensor besides the common ones.</summary>
        public const string SensorKeys = " unit_of_measurement state_class suggested_display_precision expire_after ";

        /// <summary>Keys of a binary sensor besides the common ones.</summary>
        public const string BinarySensorKeys = " expire_after off_delay payload_on payload_off ";

        /// <summary>Keys of a switch besides the common ones.</summary>
        public const string SwitchKeys = " command_topic command_template payload_on payload_off state_on state_off optimistic retain ";

        /// <summary>Keys of a device trigger; all but the last two are needed.</summary>
        public const string TriggerKeys = " automation_type device topic type subtype payload value_template ";

        /// <summary>Device classes of sensors with the units that go with them, those in which something like ours is measured.</summary>
        public const string Units =
            " temperature=\u00B0C temperature=\u00B0F temperature=K humidity=%"
            + " atmospheric_pressure=Pa atmospheric_pressure=hPa atmospheric_pressure=kPa atmospheric_pressure=mbar"
            + " voltage=V voltage=mV signal_strength=dB signal_strength=dBm data_size=B data_size=kB"
            + " current=A current=mA illuminance=lx power=W power=kW energy=Wh energy=kWh energy=MWh"
            + " water=L water=m\u00B3 gas=m\u00B3 volume_flow_rate=m\u00B3/h"
            + " duration=d duration=h duration=min duration=s duration=ms ";

        /// <summary>The state classes that go with a device class; without a device class all of them do.</summary>
        public const string StateClasses =
            " temperature=measurement humidity=measurement atmospheric_pressure=measurement voltage=measurement"
            + " current=measurement illuminance=measurement power=measurement volume_flow_rate=measurement"
            + " energy=total energy=total_increasing water=total water=total_increasing gas=total gas=total_increasing"
            + " signal_strength=measurement data_size=measurement data_size=total data_size=total_increasing"
            + " duration=measurement duration=total duration=total_increasing ";

        /// <summary>All state classes.</summary>
        public const string AllStateClasses = " measurement total total_increasing ";

        /// <summary>Entity categories; a sensor and a binary sensor accept "diagnostic" alone.</summary>
        public const string EntityCategories = " diagnostic ";
    }
}
