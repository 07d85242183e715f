using System.IO;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A slot in which the test puts a sensor, or none.</summary>
    public sealed class ScriptedPort : ISensorPort
    {
        public ScriptedPort(string address, ScriptedSensor sensor)
        {
            Address = address;
            Sensor = sensor;
        }

        public string Address { get; }

        /// <summary>What answers, or null.</summary>
        public ScriptedSensor Sensor { get; set; }

        /// <summary>Whether Probe throws.</summary>
        public bool Throws { get; set; }

        /// <summary>Why what answers cannot be used, or null.</summary>
        public string Refusal { get; set; }

        public int Probes { get; private set; }

        public ISensor Probe()
        {
            Probes++;
            if (Throws)
            {
                throw new IOException();
            }

            if (Refusal != null)
            {
                throw new SensorRefusedException(Refusal);
            }

            return Sensor;
        }
    }
}
