using System;
using System.Threading;
using Boards.Esp32;
using Firmware;
using Firmware.Platform;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Boards.Esp32DevKitC
{
    /// <summary>Joins the parts of the board and runs the device for ever.</summary>
    public static class Program
    {
        private const int PauseBeforeRestart = 10000;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            try
            {
                Run();
            }
            catch (Exception)
            {
                // The loop survives what happens in it; what prevents it from starting may be gone after a restart.
                Thread.Sleep(PauseBeforeRestart);
                Power.RebootDevice();
            }
        }

        private static void Run()
        {
            Configuration.SetPinFunction(Board.I2cData, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(Board.I2cClock, DeviceFunction.I2C1_CLOCK);

            Esp32Clock clock = new Esp32Clock();
            Inbox inbox = new Inbox(clock);
            OutputPins pins = new OutputPins(new[] { Board.I2cData, Board.I2cClock });
            Device device = new Device(new Hardware
            {
                Identity = new BoardIdentity(Board.Name, WifiStation.ReadMac(), WakeCauses.Read()),
                Clock = clock,
                Inbox = inbox,
                Network = new WifiStation(inbox),
                Link = new MqttLink(inbox),
                Slots = new ISensorSlot[]
                {
                    new Bmxx80Slot(Board.I2cBus, Bmxx80Slot.PrimaryAddress),
                    new Bmxx80Slot(Board.I2cBus, Bmxx80Slot.SecondaryAddress),
                },
                Storage = new FileStorage(Board.StorageRoot),
                Memory = new HeapMemory(),
                Power = new ChipPower(Board.BatteryChannel),
                Profile = Currents.Profile,
                Pins = pins,
                Led = pins.Open(Board.Led, false),
            });

            device.Start();
            while (true)
            {
                clock.Wait(device.Step());
            }
        }
    }
}
