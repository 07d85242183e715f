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
                                                                                   a day in a moment, ten minutes of it without Wi-Fi
          dotnet run --project boards/native-sim -- --mode deep-sleep --interval 300 --speed max --duration 2592000
                                                                                   a month on a battery, and what it drew
          dotnet run --project boards/native-sim -- --devices 20 --flash 1024 --update-key key.pub.pem
                                                                                   devices that take updates signed with that key

        Faults, NAME[=VALUE][@START][+SECONDS][/EVERY][#DEVICE]:
          wifi  broker  latency=MS  sensor=nack|stuck|out-of-range|not-valid[:ADDRESS]  flash  power[=WRITE[:BYTES]]  clock=PPM  drift=PPM  pin=GPIO[:LEVEL]

        Exit codes: 0 it has left cleanly, 1 it failed, 2 the arguments are wrong.
        Ctrl+C leaves cleanly, so that each device is shown as offline; a second one ends at once.

        """;
}
