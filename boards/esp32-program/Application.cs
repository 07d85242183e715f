using Boards.Esp32;
using Firmware;
using Firmware.Platform;
using nanoFramework.Hardware.Esp32;

namespace Boards.Esp32Program
{
    /// <summary>Joins the port with what a board has and takes, and runs the device.</summary>
    public static class Application
    {
        /// <summary>Runs the device of an update: the loader calls it by its name.</summary>
        /// <remarks>It never returns; an exception means that it could not start.</remarks>
        public static void Run()
        {
            Device device = Start(out Esp32Clock clock);
            while (true)
            {
                clock.Wait(device.Step());
            }
        }

        /// <summary>Starts the device.</summary>
        /// <param name="clock">For the waits between its steps.</param>
        /// <returns>The device.</returns>
        internal static Device Start(out Esp32Clock clock)
        {
            Configuration.SetPinFunction(Board.I2cData, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(Board.I2cClock, DeviceFunction.I2C1_CLOCK);

            clock = new Esp32Clock();
            Device device = Build(clock);
            device.Start();
            return device;
        }

        // Apart from the loop, whose frame would keep alive what only the start needs.
        private static Device Build(Esp32Clock clock)
        {
            Inbox inbox = new Inbox(clock);
            Board board = new Board();
            OutputPins pins = new OutputPins(board);
            return Modules.Build(new Hardware
            {
                Identity = new BoardIdentity(Board.Name, WifiStation.ReadMac(), WakeCauses.Read()) { Version = FirmwareVersion.Text, Manufacturer = Board.Manufacturer },
                Clock = clock,
                Inbox = inbox,
                Network = new WifiStation(inbox),
                Storage = new FileStorage(FileStorage.Root),
                Memory = new HeapMemory(),
                Power = new ChipPower(board, Board.Battery),
                Pins = pins,
                PinTable = board,
                Led = pins.OpenOwn(Board.Led, false),
            });
        }
    }
}
