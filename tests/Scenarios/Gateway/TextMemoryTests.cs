using System.Text;
using Firmware.Gateway;
using Firmware.GatewayText.Lines;
using Firmware.GatewayText.Nmea;

namespace Scenarios.Gateway;

/// <summary>What comes in on a line of text is read where it lies.</summary>
[TestClass]
public sealed class TextMemoryTests
{
    private const int Times = 1000;

    [TestMethod]
    [DataRow("{\"temperature\":21.5,\"relay\":true,\"unknown\":[1,{\"a\":null}]}\n")]
    [DataRow("[{\"bn\":\"pump_\",\"n\":\"temperature\",\"u\":\"Cel\",\"v\":2.15e1},{\"n\":\"relay\",\"vb\":true}]\n")]
    [DataRow("{\"id\":3,\"relay\":1}\n")]
    [DataRow("Booting ...\r\n")]
    [DataRow("{\"temperature\":x}\n")]
    public void No_memory_is_taken_for_a_line(string line)
    {
        byte[] layout = new byte[100];
        int at = Layouts.Put(layout, 0, 2, "temperature", "Cel");
        at = Layouts.Put(layout, at, 0, "relay", string.Empty);
        var reader = new LineReader("pump", layout[..at]);
        var buffer = new LineBuffer(LineReader.MaxLength, LineBuffer.None);
        Assert.AreEqual(0, Taken(buffer, line, () => reader.Read(buffer.Bytes, buffer.Length)));
    }

    [TestMethod]
    [DataRow("$GPRMC,101530.25,A,5230.20000,N,01324.60000,E,10.0,270.0,291126,,,A*60\r\n")]
    [DataRow("$GPGGA,101530.25,5230.20000,N,01324.60000,E,1,08,0.9,35.0,M,44.0,M,,*5E\r\n")]
    [DataRow("$GPGSV,3,1,11,03,03,111,00,04,15,270,00,06,01,010,00,13,06,292,00*74\r\n")]
    [DataRow("$GPRMC,101530.25,A,5230.2$GPGGA,,,,,,,*00\r\n")]
    public void No_memory_is_taken_for_a_sentence(string sentence)
    {
        var reader = new NmeaReader();
        var buffer = new LineBuffer(NmeaReader.MaxLength, '$');
        Assert.AreEqual(0, Taken(buffer, sentence, () => reader.Read(buffer.Bytes, buffer.Length)));
    }

    // Bytes for each of many.
    private static long Taken(LineBuffer buffer, string text, Action read)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        long before = 0;
        for (int i = -Times; i < Times; i++)
        {
            before = i == 0 ? GC.GetAllocatedBytesForCurrentThread() : before;
            for (int at = 0; at < bytes.Length;)
            {
                at = buffer.Take(bytes, at, bytes.Length);
                if (buffer.IsWhole)
                {
                    read();
                    buffer.Length = 0;
                }
            }
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }
}
