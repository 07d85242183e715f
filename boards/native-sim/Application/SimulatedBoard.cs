using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Boards.Esp32;
using Boards.Esp32Program;
using Boards.Loader;
using Boards.NativeSim.World;
using Firmware;
using Firmware.Gateway;
using Firmware.GatewayText.Lines;
using Firmware.GatewayText.Nmea;
using Firmware.HomeAssistant;
using Firmware.Inputs;
using Firmware.Inputs.Windows;
using Firmware.Outputs;
using Firmware.Platform;
using Firmware.Provisioning;
using Firmware.Rules;
using Firmware.Settings;
using Firmware.Security;
using Firmware.Sleep;
using Firmware.Updates;

namespace Boards.NativeSim;

/// <summary>The board of a simulated chip: its pins, what it draws, and the port on it, as a board's program joins them.</summary>
public static class SimulatedBoard
{
    /// <summary>The name in <c>info</c>.</summary>
    public const string Name = "native-sim";

    /// <summary>Version of this application.</summary>
    public const string Version = FirmwareVersion.Text;

    /// <summary>Drive of the files.</summary>
    public const string StorageRoot = FileStorage.Root;

    /// <summary>GPIO of the battery, behind two equal resistors.</summary>
    public const int BatteryPin = 34;

    /// <summary>By how much the battery's voltage is divided before the ADC.</summary>
    public const int BatteryDivider = 2;

    /// <summary>Where the settings are.</summary>
    public const string SettingsPath = StorageRoot + DeviceSettings.File;

    /// <summary>How many DS18B20 have a port.</summary>
    public const int MaxDs18b20 = 4;

    /// <summary>GPIO of the button: to ground, as on most boards.</summary>
    public const int ButtonPin = Board.Button;

    /// <summary>What its pins can serve.</summary>
    public static PinTable PinTable { get; } = new WiredBoard();

    /// <summary>The board's currents as the firmware knows them: what it really draws, by the firmware's phases.</summary>
    public static PowerProfile Profile { get; } = ProfileOf(new BoardCurrents());

    /// <summary>The device id of a chip.</summary>
    /// <param name="mac">The MAC of its station.</param>
    /// <returns>The id.</returns>
    public static string IdOf(byte[] mac) => new BoardIdentity(Name, mac, string.Empty).DeviceId;

    /// <summary>Joins chip, port and firmware, with nothing left of an earlier boot. Call it on the chip.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="inbox">Takes the port's signals.</param>
    /// <param name="tap">Stands before network and link.</param>
    /// <param name="updates">How the program was started, and may be replaced.</param>
    /// <returns>The firmware.</returns>
    public static Device Build(SimulatedClock clock, Inbox inbox, DeviceTap tap, UpdateSetup updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        var pins = new OutputPins(PinTable);
        var oneWire = new OneWireBus(clock, WiredBoard.OneWireReceive, WiredBoard.OneWireTransmit);
        var power = new ChipPower(PinTable, BatteryPin);
        var storage = new FileStorage(StorageRoot);
        var slots = new UpdateSlots(StorageRoot, updates.RunningSlot, updates.BuiltInVersion, updates.ImageCapacity);
        var hardware = new Hardware
        {
            Identity = new BoardIdentity(Name, WifiStation.ReadMac(), WakeCauses.Read()) { Version = Version },
            Clock = clock,
            Inbox = inbox,
            Network = tap,
            Link = tap,
            SensorPorts = PortsOf(clock, oneWire),
            Storage = storage,
            Memory = new HeapMemory(),
            Power = power,
            Pins = pins,
            PinTable = PinTable,
            Led = pins.OpenOwn(Board.Led, false),
        };

        var credentials = new CredentialStore(storage);
        var button = new PushButton(ButtonPin, inbox);

        // An erasure that was requested, before anything is read.
        Erasure.Complete(storage, tap, hardware.Led, slots, Slots.Prefix);
        return new DeviceBuilder(hardware)
            .Add(new UpdateModule(slots, [.. updates.Keys.Select(ToKey)], NativeDigest.Find()))
            .Add(new OutputModule(pins, new LevelPins(pins, LevelPins.Esp32Channels)))
            .Add(new GatewayModule(new SerialLine(inbox, WiredBoard.SerialReceive, WiredBoard.SerialTransmit, -1), new LineOption(), new NmeaOption()))
            .Add(new HomeAssistantModule())
            .Add(new InputModule(new InputPins(PinTable, inbox), oneWire))
            .Add(new WindowModule())
            .Add(new SecurityModule(credentials, button, hardware.Led))
            .Add(new ProvisioningModule(new AccessPointTap(new SoftAccessPoint(tap, clock)), button, credentials))
            .Add(new RuleModule())
            .Add(new SleepModule(power, Profile))
            .Build();
    }

    /// <summary>Stores a credential as the firmware stores it. Call it on a chip that has not booted yet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="pem">Certificates, and the private key of a client's.</param>
    /// <exception cref="ArgumentException">The firmware does not take it.</exception>
    public static void Store(string name, string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var store = new CredentialStore(new FileStorage(StorageRoot));
        bool isClient = pem.Contains("PRIVATE KEY", StringComparison.Ordinal);
        string? reason = store.Append(Encoding.ASCII.GetBytes(pem)) ? store.Keep(name, isClient, 0, out bool isStored) ?? (isStored ? null : "is not stored") : "is not stored";
        if (reason is not null)
        {
            throw new ArgumentException($"{name} {reason}");
        }
    }

    // Each place that SensorList knows.
    private static ISensorPort[] PortsOf(SimulatedClock clock, OneWireBus oneWire) =>
        [
            new Bmxx80Port(Board.I2cBus, Bmxx80Port.PrimaryAddress),
            new Bmxx80Port(Board.I2cBus, Bmxx80Port.SecondaryAddress),
            new Sht4xPort(Board.I2cBus, Sht4xPort.AddressA),
            new Sht4xPort(Board.I2cBus, Sht4xPort.AddressB),
            new Scd4xPort(Board.I2cBus, clock),
            new Bh1750Port(Board.I2cBus, Bh1750Port.PrimaryAddress),
            new Bh1750Port(Board.I2cBus, Bh1750Port.SecondaryAddress),
            new Ina219Port(Board.I2cBus, Ina219Port.PrimaryAddress, Ina219Port.UsualShuntMilliohms),
            .. Enumerable.Range(0, MaxDs18b20).Select(_ => new Ds18b20Port(oneWire)),
        ];

    private static RsaKey ToKey(RSAParameters key)
    {
        byte[] exponent = new byte[sizeof(int)];
        key.Exponent!.CopyTo(exponent, exponent.Length - key.Exponent.Length);
        return new RsaKey(key.Modulus, BinaryPrimitives.ReadInt32BigEndian(exponent));
    }

    private static PowerProfile ProfileOf(BoardCurrents currents) => new()
    {
        Boot = currents.Boot,
        Measure = currents.Cpu,
        Join = currents.Joining,
        Connect = currents.Joined,
        Handshake = currents.Joined,
        Publish = currents.Joined,
        Listen = currents.Joined,
        Sleep = currents.DeepSleep,
    };
}
