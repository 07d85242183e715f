namespace Boards.NativeSim;

internal static class Examples
{
    public const string Text = """
        Examples:
          dotnet run --project boards/native-sim                                   one device, embedded broker, live view
          dotnet run --project boards/native-sim -- --devices 100 --interval 1     a hundred, one measurement a second each
          dotnet run --project boards/native-sim -- --broker mqtt://127.0.0.1:1884 against a broker of your own
          dotnet run --project boards/native-sim -- --sensors bme280@76,bmp280@77  two sensors side by side
          dotnet run --project boards/native-sim -- --json --duration 60 | jq .    events of a minute, for programs
          dotnet run --project boards/native-sim -- --speed max --duration 86400 --fault wifi@3600+600
                                                                                   a day in virtual time, ten minutes of it without Wi-Fi
          dotnet run --project boards/native-sim -- --mode deep-sleep --interval 300 --speed max --duration 2592000
                                                                                   a month on a battery, with its charge
          dotnet run --project boards/native-sim -- --devices 20 --flash 1024 --update-key key.pub.pem
                                                                                   devices that take updates signed with that key
          dotnet run --project boards/native-sim -- --setup                        a new device, and the page that sets it up
          dotnet run --project boards/native-sim -- --scenario thermostat          two devices that act on each other

        Faults, NAME[=VALUE][@START][+SECONDS][/EVERY][#DEVICE]:
          wifi  broker  latency=MS  sensor=nack|stuck|out-of-range|not-valid[:ADDRESS]  flash  power[=WRITE[:BYTES]]  clock=PPM  drift=PPM  pin=GPIO[:LEVEL]

        Exit codes: 0 done, 1 failed, 2 wrong arguments.
        Ctrl+C disconnects the devices in order, so that each is shown as offline; a second Ctrl+C ends at once.

        """;
}
