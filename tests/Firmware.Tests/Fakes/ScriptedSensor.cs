using System.IO;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A sensor that measures what the test says, and fails when it says so.</summary>
    public sealed class ScriptedSensor : ISensor
    {
        public static readonly Measurand Temperature = new Measurand("temperature", "Cel", 2, -4000, 8500);
        public static readonly Measurand Humidity = new Measurand("humidity", "%RH", 2, 0, 10000);
        public static readonly Measurand Pressure = new Measurand("pressure", "Pa", 1, 300000, 1100000);

        public ScriptedSensor(string model, Measurand[] measurands, int[] values)
        {
            Model = model;
            Measurands = measurands;
            Values = values;
            Valid = new bool[values.Length];
            AllValid(true);
        }

        public string Model { get; }

        public Measurand[] Measurands { get; }

        /// <summary>What it measures; may be changed at any time.</summary>
        public int[] Values { get; }

        /// <summary>What its driver says of each value.</summary>
        public bool[] Valid { get; }

        /// <summary>Whether Read returns true.</summary>
        public bool Answers { get; set; } = true;

        /// <summary>Whether Read throws.</summary>
        public bool Throws { get; set; }

        /// <summary>Whether Close throws.</summary>
        public bool CloseThrows { get; set; }

        /// <summary>How many of the next calls of Read return false, as after a disturbed transfer.</summary>
        public int Disturbances { get; set; }

        public int Reads { get; private set; }

        public int Closes { get; private set; }

        /// <summary>21.37 Cel, 45.2 %RH, 101325 Pa.</summary>
        public static ScriptedSensor Bme280() =>
            new ScriptedSensor("bme280", new[] { Temperature, Humidity, Pressure }, new[] { 2137, 4520, 1013250 });

        /// <summary>19.5 Cel, 101300.5 Pa.</summary>
        public static ScriptedSensor Bmp280() =>
            new ScriptedSensor("bmp280", new[] { Temperature, Pressure }, new[] { 1950, 1013005 });

        public void AllValid(bool valid)
        {
            for (int i = 0; i < Valid.Length; i++)
            {
                Valid[i] = valid;
            }
        }

        public bool Read(int[] values, bool[] valid)
        {
            Reads++;
            Values.CopyTo(values, 0);
            Valid.CopyTo(valid, 0);
            if (Throws)
            {
                throw new IOException();
            }

            if (Disturbances > 0)
            {
                Disturbances--;
                return false;
            }

            return Answers;
        }

        public void Close()
        {
            Closes++;
            if (CloseThrows)
            {
                throw new IOException();
            }
        }
    }
}
