using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Boards.Esp32;

namespace Scenarios;

/// <summary>The port's SNTP request against servers on the loopback interface, good and bad ones.</summary>
[TestClass]
public sealed class TimeServerTests
{
    private const long SecondsTo1970 = 2_208_988_800;
    private const long Now = 1_795_366_425;

    [TestMethod]
    [DataRow(Now)]
    [DataRow(2_085_978_495L)] // the last second of era 0
    [DataRow(2_085_978_496L)] // 7 February 2036: the counter of seconds begins again
    public void Response_gives_the_time(long seconds)
    {
        bool isAnswered = Ask(response => WriteTime(response, seconds), out long utc);

        Assert.IsTrue(isAnswered);

        // And half of the time that the answer took.
        Assert.IsInRange((seconds * 1000) + 500, (seconds * 1000) + 2500, utc);
    }

    [TestMethod]
    [DataRow(0, 0x23)] // a request, no response
    [DataRow(0, 0xE4)] // its clock is not set
    [DataRow(1, 0)] // "go away", RFC 4330 section 8
    [DataRow(1, 16)]
    [DataRow(24, 0xFF)] // answers another request
    [DataRow(31, 0xFF)]
    public void Response_with_a_wrong_byte_is_refused(int at, int value)
    {
        bool isAnswered = Ask(
            response =>
            {
                WriteTime(response, Now);
                response[at] = (byte)(at < 24 ? value : response[at] ^ value);
            },
            out _);

        Assert.IsFalse(isAnswered);
    }

    [TestMethod]
    public void Response_without_a_time_is_refused() =>
        Assert.IsFalse(Ask(response => response.AsSpan(40, 8).Clear(), out _));

    [TestMethod]
    public void Short_response_is_refused() =>
        Assert.IsFalse(Ask(response => WriteTime(response, Now), out _, length: 47));

    [TestMethod]
    public void Name_that_cannot_be_resolved_gives_no_time() =>
        Assert.IsFalse(TimeServer.TryAsk("no such name", TimeServer.Port, out _));

    private static bool Ask(Action<byte[]> write, out long utc, int length = 48)
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var serve = Task.Run(() =>
        {
            IPEndPoint? client = null;
            byte[] request = server.Receive(ref client);
            byte[] response = new byte[48];
            response[0] = 0x24;
            response[1] = 2;
            request.AsSpan(40, 8).CopyTo(response.AsSpan(24));
            write(response);
            server.Send(response, length, client);
        });
        bool isAnswered = TimeServer.TryAsk("127.0.0.1", ((IPEndPoint)server.Client.LocalEndPoint!).Port, out utc);
        serve.Wait();
        return isAnswered;
    }

    private static void WriteTime(byte[] response, long seconds)
    {
        BinaryPrimitives.WriteUInt32BigEndian(response.AsSpan(40), (uint)(seconds + SecondsTo1970));
        BinaryPrimitives.WriteUInt32BigEndian(response.AsSpan(44), 0x8000_0000);
    }
}
