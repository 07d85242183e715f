using Firmware.Json;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Sensing;

namespace Firmware.Tests.Fakes
{
    /// <summary>"sensors.calibrate" over a BME280, with settings that take effect at once.</summary>
    public sealed class CalibrationRig : ICalibrationStore
    {
        public CalibrationRig(string channels)
        {
            Sensors = new SamplerRig(ScriptedSensor.Bme280(), null, channels);
            Method = new MethodRig(new SensorsCalibrateMethod(Sensors.Sampler, this));
        }

        public SamplerRig Sensors { get; }

        public MethodRig Method { get; }

        /// <summary>What the settings say, or null.</summary>
        public RpcError Refusal { get; set; }

        /// <summary>What was saved last, or null.</summary>
        public string Saved { get; private set; }

        public RpcError Save(string channel, long offset, long gain)
        {
            if (Refusal != null)
            {
                return Refusal;
            }

            string text = "'offset':" + FixedPoint.ToText(offset, ChannelRule.Scale) + ",'gain':" + FixedPoint.ToText(gain, ChannelRule.Scale);
            Saved = SingleQuoted.Text(channel + " {" + text + "}");
            Sensors.Sampler.Apply(ChannelRules.Of("{'" + channel + "':{" + text + "}}"));
            return null;
        }
    }
}
