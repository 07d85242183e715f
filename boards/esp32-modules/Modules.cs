using Boards.Esp32;
using Firmware;
using Firmware.HomeAssistant;
using Firmware.Inputs;
using Firmware.Inputs.Windows;
using Firmware.Outputs;
using Firmware.Platform;
using Firmware.Provisioning;
using Firmware.Rules;
using Firmware.Security;
using Firmware.Sleep;
using Firmware.Updates;

namespace Boards.Esp32Program
{
    /// <summary>What the board takes: sensors and modules. Leave one out, with its reference, and it costs nothing.</summary>
    internal static class Modules
    {
        /// <summary>Runs a newer image from the files, if there is one. A board without updates does nothing here.</summary>
        internal static void RunImage() => Loader.Loader.Run(FileStorage.Root, FirmwareVersion.Text);

        /// <summary>Builds the device.</summary>
        /// <param name="hardware">The port, without sensors and link.</param>
        /// <returns>The device, which has not started.</returns>
        internal static Device Build(Hardware hardware)
        {
            CredentialStore credentials = new CredentialStore(hardware.Storage);
            UpdateSlots slots = new UpdateSlots(FileStorage.Root, Loader.Loader.RunningSlot, Loader.Loader.BuiltInVersion, Board.ImageCapacity);
            hardware.Link = new MqttLink(hardware.Inbox) { Credentials = credentials };
            hardware.SensorPorts = new ISensorPort[]
            {
                new Bmxx80Port(Board.I2cBus, Bmxx80Port.PrimaryAddress),
                new Bmxx80Port(Board.I2cBus, Bmxx80Port.SecondaryAddress),
            };

            PushButton button = new PushButton(Board.Button, hardware.Inbox);

            // An erasure that was requested, before anything is read.
            Erasure.Complete(hardware.Storage, hardware.Network, hardware.Led, slots, Loader.Slots.Prefix);
            return new DeviceBuilder(hardware)
                .Add(new UpdateModule(slots, UpdateKeys.All, NativeDigest.Find()))
                .Add(new OutputModule(hardware.Pins, new LevelPins(hardware.Pins, Board.PwmChannels)))
                .Add(new RuleModule())
                .Add(new HomeAssistantModule())
                .Add(new InputModule(new InputPins(hardware.PinTable, hardware.Inbox), null))
                .Add(new WindowModule())
                .Add(new SecurityModule(credentials, button, hardware.Led))
                .Add(new ProvisioningModule(new SoftAccessPoint(hardware.Inbox, hardware.Clock), button, credentials))
                .Add(new SleepModule(hardware.Power, Currents.Profile))
                .Build();
        }
    }
}
