using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Tests.Fakes
{
    /// <summary>Channels that have measured.</summary>
    public static class MeasuredChannels
    {
        /// <summary>The channels of a sensor that has just measured.</summary>
        public static Channel[] Of(ScriptedSensor sensor, ManualClock clock)
        {
            Sampler sampler = new SamplerRig(sensor, null, clock).Sampler;
            sampler.Measure();
            return sampler.Channels;
        }

        /// <summary>One temperature channel with a value.</summary>
        public static Channel[] Of(int value, int scale)
        {
            Measurand measurand = new Measurand("temperature", "Cel", scale, int.MinValue, int.MaxValue);
            return Of(new ScriptedSensor("test", new[] { measurand }, new[] { value }), new ManualClock());
        }
    }
}
