namespace M2m.Arguments;

internal static class Examples
{
    public const string Text = """
        Examples:
          m2m discover                                          devices under any prefix
          m2m watch                                             a live table of the devices under the prefix
          m2m request esp32-020000000001 read                   send a request to one device
          m2m request esp32-020000000001 read maxAge=60 channels='["temperature"]'
          m2m request esp32-020000000001 actuators.set name=fan level=40 seconds=600
          m2m request --group all ping spread=10                the same to all, the responses spread over 10 s
          m2m settings esp32-020000000001 set interval=30 channels.temperature.high=30
          m2m log esp32-020000000001 --follow
          m2m history esp32-020000000001 temperature --from -6h
          m2m update push --group all esp32-devkitc-0.2.0.json  update all devices, with the result of each
          m2m forget esp32-020000000001                         clear what the broker keeps of a device that is gone
          m2m setup --run                                       a board on a cable: asks for what it needs, and flashes it
          m2m ca issue esp32-020000000001                       a certificate for a device, from the authority of m2m ca new
          m2m credentials esp32-020000000001 rotate own ca/esp32-020000000001.pem
          m2m enroll serve rules.json                           take new devices on by rules, or by hand
          m2m devices --broker mqtts://broker.example --ca ca.pem --cert me.pem
          m2m watch --json | jq .                               one JSON object an event, for programs

        Exit codes: 0 done, 1 failed (also: the device responded with an error), 2 wrong arguments.
        Without a terminal, with --json or NO_COLOR there are no colours; only the result goes to standard output.

        """;
}
