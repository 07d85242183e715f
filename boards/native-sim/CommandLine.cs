using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using Boards.NativeSim.Faults;
using Boards.NativeSim.Playback;
using Boards.NativeSim.Simulation;
using Boards.NativeSim.World;
using Firmware.Settings;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;
using TopicLevel = Firmware.Platform.TopicLevel;

namespace Boards.NativeSim;

internal sealed class CommandLine
{
    private const string RealSpeed = "1";
    private const string FullSpeed = "max";
    private const int MaxDevices = 10_000;
    private const int MaxPrefix = 64;
    private const int MaxDuration = 366 * 86_400;
    private const string AlwaysOn = "always-on";
    private const string DeepSleep = "deep-sleep";
    private const int MaxPpm = 100_000;
    private const int MaxBattery = 100_000;
    private const int DefaultBattery = 2_000;
    private const int MinFlash = 64;
    private const int MaxFlash = 16_384;
    private const int MaxUpdateKeys = 2;
    private const int MaxHost = 253;
    private const int MaxCredential = 128;

    private readonly RootCommand _root = new("Simulated ESP32 devices that run the real firmware against a real MQTT broker.");
    private readonly Option<string?> _broker = new("--broker")
    {
        HelpName = "URL",
        Description = $"Use the broker at {BrokerAddress.Rule} and start none; without a port it is {BrokerAddress.DefaultPort}, with mqtts {BrokerAddress.DefaultSecurePort} "
            + "[default: the one that --settings names, or an embedded broker on 127.0.0.1:1883, on a free port when that is in use]",
    };

    private readonly Option<bool> _tls = new("--tls")
    {
        Description = "The embedded broker speaks TLS and lets in only who shows a certificate. An authority, the broker's certificate, one for each device and an operator's are made for this run; "
            + $"it listens at 127.0.0.1:{BrokerAddress.DefaultSecurePort}, on a free port when that is in use",
    };

    private readonly Option<string?> _ca = new("--ca") { HelpName = "FILE", Description = "With --broker mqtts: the authorities that the devices and this program trust, in PEM" };

    private readonly Option<string?> _certificate = new("--cert") { HelpName = "FILE", Description = "With --broker mqtts: the certificate that the devices show, all the same one, in PEM [default: none]" };

    private readonly Option<string?> _key = new("--key") { HelpName = "FILE", Description = "With --broker mqtts: its private key [default: the file of --cert]" };

    private readonly Option<string?> _observer = new("--observer")
    {
        HelpName = "URL",
        Description = $"Where this program's own subscriber and those who watch connect, with their own user: {BrokerAddress.Rule} [default: as the devices do]",
    };

    private readonly Option<string?> _observerCertificate = new("--observer-cert")
    {
        HelpName = "FILE",
        Description = "With TLS: the certificate that they show, in PEM. Without it and --observer nobody watches where the devices show a certificate: many brokers end a device's connection when another client shows it",
    };

    private readonly Option<string?> _observerKey = new("--observer-key") { HelpName = "FILE", Description = "Its private key [default: the file of --observer-cert]" };

    private readonly Option<string?> _mqtt = MqttVersions.Option(
        $"The version of MQTT that the devices speak, and this program's own subscriber [default: of the devices that of --settings, or {MqttVersions.V311}; "
        + $"of the subscriber {MqttVersions.V5}, and {MqttVersions.V311} where the broker refuses {MqttVersions.V5}]");

    private readonly Option<int?> _devices = Number(
        "--devices", "N", $"Number of devices, 1 to {MaxDevices}", 1, MaxDevices, 1);

    private readonly Option<int?> _interval = Number(
        "--interval",
        "SECONDS",
        $"Seconds between two measurements, 1 to {DeviceSettings.MaxInterval}",
        1,
        DeviceSettings.MaxInterval,
        DeviceSettings.DefaultInterval);

    private readonly Option<int?> _duration = Number(
        "--duration", "SECONDS", "Stop after this time of the simulated world, and print a summary [default: run until Ctrl+C]", 1, MaxDuration, null);

    private readonly Option<int?> _seed = Number(
        "--seed", "N", "Seed of the simulated world: the same seed gives the same air at the same time of the same day", int.MinValue, int.MaxValue, 0);

    private readonly Option<string> _sensors = new("--sensors")
    {
        HelpName = "LIST",
        Description = $"Sensors of each device: {SensorList.Rule}",
        DefaultValueFactory = _ => SensorList.Default,
    };

    private readonly Option<string> _prefix = new("--prefix")
    {
        HelpName = "PREFIX",
        Description = "First level or levels of all topics",
        DefaultValueFactory = _ => new DeviceSettings(new SettingsCatalog()).Prefix,
    };

    private readonly Option<string?> _settings = new("--settings")
    {
        HelpName = "FILE",
        Description = "The settings.json that each device reads; options of the command line override it. "
            + "When it names a broker, that one is used and none is started [default: none]",
    };

    private readonly Option<string> _speed = new("--speed")
    {
        HelpName = "1|max",
        Description = "1: real time; max: virtual time that jumps to the next due moment, from 2026-01-01 on",
        DefaultValueFactory = _ => RealSpeed,
    };

    private readonly Option<string?> _mode = new("--mode")
    {
        HelpName = $"{AlwaysOn}|{DeepSleep}",
        Description = $"{DeepSleep}: each device is in deep sleep between its measurements; the summary shows the charge [default: that of --settings, or {AlwaysOn}]",
    };

    private readonly Option<int?> _sleepDrift = Number(
        "--sleep-drift", "PPM", $"Error of the sleep timer, -{MaxPpm} to {MaxPpm} parts per million; deep sleeps are longer when it is positive", -MaxPpm, MaxPpm, 0);

    private readonly Option<int?> _battery = Number(
        "--battery", "MAH", $"Capacity of each device's battery in mAh, 1 to {MaxBattery}; it starts full [default: {DefaultBattery} with --mode {DeepSleep}, else none]", 1, MaxBattery, null);

    private readonly Option<int?> _flash = Number(
        "--flash", "KB", $"Size of each device's files, {MinFlash} to {MaxFlash} KB; updates of a simulated device need 1024", MinFlash, MaxFlash, DeviceOptions.StandardFlashBytes / 1024);

    private readonly Option<string[]> _updateKey = new("--update-key")
    {
        HelpName = "FILE",
        Description = "Public key (PEM) that verifies updates; may be given twice [default: the devices accept no update]",
    };

    private readonly Option<string?> _writeImage = new("--write-image")
    {
        HelpName = "DIR",
        Description = "Run nothing; write the built-in application as the files of an update, ready for m2m update pack",
    };

    private readonly Option<Version?> _imageVersion = new("--image-version")
    {
        HelpName = "X.Y.Z",
        Description = "Version of that update [default: the built-in one's with the next minor number]",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            string[] parts = text.Split('.');
            if (parts.Length == 3 && Array.TrueForAll(parts, part => ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                return Version.Parse(text);
            }

            result.AddError($"--image-version must be X.Y.Z, each a number from 0 to {ushort.MaxValue}, not '{text}'");
            return null;
        },
    };

    private readonly Option<string[]> _fault = new("--fault")
    {
        HelpName = "FAULT",
        Description = $"A fault to inject, {FaultOption.Rule}, times in seconds of the simulated world; may be given several times",
    };

    private readonly Option<string?> _faults = new("--faults")
    {
        HelpName = "FILE",
        Description = "A file of faults: {\"faults\":[{\"fault\":\"wifi\",\"at\":60,\"for\":30}]}",
    };

    private readonly Option<string?> _scenario = new("--scenario")
    {
        HelpName = "NAME|FILE",
        Description = $"Devices with settings of their own, and what happens to them: {string.Join(", ", ScenarioFile.Names)}, or a file",
    };

    private readonly Option<string?> _serial = new("--serial")
    {
        HelpName = "DEVICE",
        Description = "A serial device of this computer, e.g. /dev/ttyUSB0, as the serial line of the only device; set its speed and parity with stty",
    };

    private readonly Option<bool> _setup = new("--setup")
    {
        Description = "The devices know no network and no broker, as new ones: each opens its access point, whose page is at an address of 127.0.0.1 that is printed",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write each event as one JSON object a line [default: a live view on a terminal, plain lines elsewhere]",
    };

    public CommandLine(Func<RunOptions, int> run)
    {
        _sensors.Validators.Add(result => Require(
            result, SensorList.TryParse(result.GetValueOrDefault<string>() ?? string.Empty, out _), $"--sensors must be {SensorList.Rule}, not '{result.GetValueOrDefault<string>()}'"));
        _prefix.Validators.Add(result => Require(
            result,
            TopicLevel.IsPath(result.GetValueOrDefault<string>() ?? string.Empty, MaxPrefix),
            $"--prefix must be 1 to {MaxPrefix} of A-Z a-z 0-9 _ - with single / between, not '{result.GetValueOrDefault<string>()}'"));

        // The message does not repeat the value: it may contain a password.
        _broker.Validators.Add(result => Require(
            result,
            BrokerAddress.TryParse(result.GetValueOrDefault<string>() ?? string.Empty, out BrokerAddress? address) && FitsDevice(address),
            $"--broker must be {BrokerAddress.Rule}, e.g. mqtt://127.0.0.1:1884"));
        _observer.Validators.Add(result => Require(
            result,
            BrokerAddress.TryParse(result.GetValueOrDefault<string>() ?? string.Empty, out _),
            $"--observer must be {BrokerAddress.Rule}, e.g. mqtts://127.0.0.1:8884"));
        _speed.Validators.Add(result => Require(
            result,
            result.GetValueOrDefault<string>() is RealSpeed or FullSpeed,
            $"--speed must be {RealSpeed} or {FullSpeed}, not '{result.GetValueOrDefault<string>()}'"));
        _mode.Validators.Add(result => Require(
            result,
            result.GetValueOrDefault<string>() is AlwaysOn or DeepSleep,
            $"--mode must be {AlwaysOn} or {DeepSleep}, not '{result.GetValueOrDefault<string>()}'"));
        Option[] options = [_broker, _tls, _ca, _certificate, _key, _observer, _observerCertificate, _observerKey, _mqtt, _devices, _interval, _duration, _speed, _mode, _sleepDrift, _battery, _seed, _sensors, _flash, _updateKey, _writeImage, _imageVersion, _fault, _faults, _scenario, _prefix, _settings, _serial, _setup, _json];
        Array.ForEach(options, _root.Options.Add);
        _root.SetAction(result => run(Read(result)));
        HelpWithExamples.AddTo(_root, Examples.Text);
    }

    public int Invoke(string[] args)
    {
        // No response files: an @ is part of a sensor's name here.
        ParseResult result = _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (result.Errors.Count > 0)
        {
            throw new UsageException(result.UnmatchedTokens.Count > 0 ? Unknown(result.UnmatchedTokens[0]) : result.Errors[0].Message);
        }

        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Option<int?> Number(string name, string helpName, string description, int minimum, int maximum, int? standard) => new(name)
    {
        HelpName = helpName,
        Description = description,
        DefaultValueFactory = standard is null ? null : _ => standard,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            result.AddError($"{name} must be a whole number from {minimum} to {maximum}, not '{text}'");
            return null;
        },
    };

    private static void Require(OptionResult result, bool isRight, string rule)
    {
        if (!isRight)
        {
            result.AddError(rule);
        }
    }

    // A misplaced address may contain a password.
    private static string Unknown(string argument)
    {
        int at = argument.Contains(':', StringComparison.Ordinal) ? argument.LastIndexOf('@') : -1;
        return $"unknown argument '{(at < 0 ? argument : "..." + argument[at..])}'";
    }

    private RunOptions Read(ParseResult result)
    {
        // The validators have checked both.
        string? broker = result.GetValue(_broker);
        int? duration = result.GetValue(_duration);
        Scenario? scenario = ReadScenario(result);
        bool isSecure = broker?.StartsWith("mqtts:", StringComparison.Ordinal) == true;
        BrokerAddress? observer = result.GetValue(_observer) is { } url && BrokerAddress.TryParse(url, out BrokerAddress? parsed) ? parsed : null;
        string? observerCertificate = result.GetValue(_observerCertificate);
        string? observerKey = result.GetValue(_observerKey);
        return new RunOptions
        {
            IsTls = result.GetValue(_tls) && broker is not null ? throw new UsageException("--tls is for the embedded broker: leave out --tls or --broker") : result.GetValue(_tls),
            Credentials = ReadCredentials(result, isSecure, observer?.IsSecure == true),
            Observer = observer,
            ObserverFiles = observerCertificate is not null ? (observerCertificate, observerKey ?? observerCertificate)
                : observerKey is null ? null : throw new UsageException("--observer-key needs --observer-cert"),
            CaFile = result.GetValue(_ca),
            Broker = broker is not null && BrokerAddress.TryParse(broker, out BrokerAddress? address) ? address : null,
            MqttVersion = result.GetValue(_mqtt),
            Devices = scenario?.Devices.Count ?? result.GetRequiredValue(_devices)!.Value,
            Interval = IsGiven(result, _interval) ? result.GetValue(_interval) : null,
            Duration = duration is null ? scenario?.Duration : TimeSpan.FromSeconds(duration.Value),
            Seed = result.GetRequiredValue(_seed)!.Value,
            Sensors = SensorList.TryParse(result.GetRequiredValue(_sensors), out IReadOnlyList<(SensorModel Model, int Address)>? list) ? list : [],
            Prefix = IsGiven(result, _prefix) ? result.GetValue(_prefix) : null,
            Mode = result.GetValue(_mode),
            SleepDrift = result.GetRequiredValue(_sleepDrift)!.Value,
            Battery = result.GetValue(_battery) ?? (result.GetValue(_mode) == DeepSleep ? DefaultBattery : null),
            FlashKb = result.GetValue(_flash),
            UpdateKeys = ReadUpdateKeys(result),
            ImageFolder = result.GetValue(_writeImage),
            ImageVersion = result.GetValue(_imageVersion),
            Scenario = scenario,
            Serial = ReadSerial(result, scenario),
            SettingsPath = result.GetValue(_settings),
            IsFast = scenario is not null && !IsGiven(result, _speed) ? scenario.IsFast : result.GetValue(_speed) == FullSpeed,
            Faults = ReadFaults(result, scenario),
            IsSetup = ReadSetup(result),
            Json = result.GetValue(_json),
        };
    }

    private bool ReadSetup(ParseResult result)
    {
        Option[] others = [_settings, _scenario, _interval, _mode, _prefix, _tls, _mqtt, _speed];
        return result.GetValue(_setup) && Array.Find(others, option => IsGiven(result, option)) is { } other
            ? throw new UsageException($"--setup is for devices without settings, in real time: leave out {other.Name}")
            : result.GetValue(_setup);
    }

    private RunCredentials? ReadCredentials(ParseResult result, bool isSecure, bool isObserverSecure)
    {
        string? ca = result.GetValue(_ca);
        string? certificate = result.GetValue(_certificate);
        string? key = result.GetValue(_key);
        if (!isSecure)
        {
            return (ca is null || isObserverSecure) && certificate is null && key is null ? null : throw new UsageException("--ca, --cert and --key need --broker mqtts://host:port");
        }

        var credentials = new RunCredentials(ca ?? throw new UsageException("--broker mqtts needs --ca FILE: a device trusts only the authorities that it stores"), certificate, key ?? certificate);

        // Finds now what is wrong with a file.
        _ = credentials.Load();
        return credentials;
    }

    private List<RSAParameters> ReadUpdateKeys(ParseResult result)
    {
        string[] paths = result.GetValue(_updateKey) ?? [];
        return paths.Length <= MaxUpdateKeys
            ? [.. paths.Select(UpdateKeyFile.Load)]
            : throw new UsageException($"--update-key may be given {MaxUpdateKeys} times: a device has room for as many keys");
    }

    private string? ReadSerial(ParseResult result, Scenario? scenario)
    {
        string? path = result.GetValue(_serial);
        return path is null || (scenario?.Devices.Count ?? result.GetRequiredValue(_devices)!.Value) == 1
            ? path
            : throw new UsageException("--serial is the line of one device: leave out --devices");
    }

    private Scenario? ReadScenario(ParseResult result)
    {
        if (result.GetValue(_scenario) is not { } name)
        {
            return null;
        }

        Option[] own = [_devices, _interval, _mode, _battery, _sensors, _settings];
        return Array.Find(own, option => IsGiven(result, option)) is { } doubled
            ? throw new UsageException($"--scenario says what {doubled.Name} would: leave out one of them")
            : ScenarioFile.Load(name);
    }

    private List<Fault> ReadFaults(ParseResult result, Scenario? scenario)
    {
        IEnumerable<Fault> given = (result.GetValue(_fault) ?? []).Select(FaultOption.Parse);
        List<Fault> faults = [.. scenario?.Faults ?? [], .. result.GetValue(_faults) is { } path ? FaultFile.Load(path) : [], .. given];
        int devices = scenario?.Devices.Count ?? result.GetRequiredValue(_devices)!.Value;
        if (faults.Find(fault => fault.Device > devices) is { } lost)
        {
            throw new UsageException($"a fault is for device {lost.Device}, but there are only {devices}{(scenario is null ? ": see --devices" : string.Empty)}");
        }

        return faults;
    }

    // What the firmware's settings allow.
    private static bool FitsDevice(BrokerAddress address) =>
        address.Host.Length <= MaxHost && address.User is not { Length: > MaxCredential } && address.Password is not { Length: > MaxCredential };

    private static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
