using Boards.Esp32;
using Firmware;
using Firmware.HomeAssistant;
using Firmware.Platform;
using Firmware.Security;
using Firmware.Sleep;
using Firmware.Updates;
using nanoFramework.Hardware.Esp32;

namespace Boards.Esp32DevKitC
{
    /// <summary>Joins the parts of the board and runs the device.</summary>
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
            ChipPower power = new ChipPower(board, Board.Battery);
            FileStorage storage = new FileStorage(FileStorage.Root);
            CredentialStore credentials = new CredentialStore(storage);
            UpdateSlots slots = new UpdateSlots(FileStorage.Root, Loader.Loader.RunningSlot, Loader.Loader.BuiltInVersion, Board.ImageCapacity);
            Hardware hardware = new Hardware
            {
                Identity = new BoardIdentity(Board.Name, WifiStation.ReadMac(), WakeCauses.Read()),
                Clock = clock,
                Inbox = inbox,
                Network = new WifiStation(inbox),
                Link = new MqttLink(inbox) { Credentials = credentials },
                SensorPorts = new ISensorPort[]
                {
                    new Bmxx80Port(Board.I2cBus, Bmxx80Port.PrimaryAddress),
                    new Bmxx80Port(Board.I2cBus, Bmxx80Port.SecondaryAddress),
                },
                Storage = storage,
                Memory = new HeapMemory(),
                Power = power,
                Pins = pins,
                PinTable = board,
                Led = pins.OpenOwn(Board.Led, false),
            };

            // An erasure that was requested, before anything is read.
            Erasure.Complete(storage, hardware.Network, hardware.Led, slots, Loader.Slots.Prefix);

            // The modules that this board takes: leave one out, with its reference, and it costs nothing.
            return new DeviceBuilder(hardware)
                .Add(new UpdateModule(slots, UpdateKeys.All, NativeDigest.Find()))
                .Add(new HomeAssistantModule())
                .Add(new SecurityModule(credentials, new PushButton(Board.Button), hardware.Led))
                .Add(new SleepModule(power, Currents.Profile))
                .Build();
        }
    }
}
