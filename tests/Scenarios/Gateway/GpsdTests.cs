using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Firmware.GatewayText.Lines;
using Firmware.GatewayText.Nmea;

namespace Scenarios.Gateway;

/// <summary>Our parser of NMEA 0183 beside that of gpsd.</summary>
[TestClass]
public sealed class GpsdTests
{
    private const int Epochs = 400;

    private sealed record Fix(int Latitude, int Longitude, int Speed);

    [TestMethod]
    public void Fixes_are_those_that_gpsdecode_reads()
    {
        string sentences = Sentences(new Random(15));
        Dictionary<long, Fix> ours = Ours(Encoding.ASCII.GetBytes(sentences));
        Dictionary<long, Fix> theirs = Theirs(sentences);

        // gpsd reports an epoch once it knows where epochs end, so not the first ones.
        Assert.IsTrue(theirs.Count >= (Epochs / 2) - 10, $"gpsdecode gave {theirs.Count} fixes");
        Assert.AreEqual(Epochs / 2, ours.Count);
        foreach ((long time, Fix fix) in theirs)
        {
            Assert.IsTrue(ours.TryGetValue(time, out Fix? own), $"no fix at {time}");
            Assert.IsTrue(Math.Abs(own.Latitude - fix.Latitude) <= 1 && Math.Abs(own.Longitude - fix.Longitude) <= 1, $"{time}: {own}, gpsd {fix}");
            Assert.AreEqual(fix.Speed, own.Speed, $"{time}");
        }
    }

    // An epoch a second: an RMC and a GGA, every other one void.
    private static string Sentences(Random random)
    {
        var all = new StringBuilder();
        var time = new DateTime(2026, 2, 28, 23, 57, 0, DateTimeKind.Utc);
        for (int i = 0; i < Epochs; i++, time = time.AddSeconds(1))
        {
            string clock = time.ToString("HHmmss", CultureInfo.InvariantCulture) + ".00";
            string date = time.ToString("ddMMyy", CultureInfo.InvariantCulture);
            string speed = (random.Next(100_000) / 1000m).ToString("F3", CultureInfo.InvariantCulture);
            string place = Angle(random, 90, "00", "NS") + "," + Angle(random, 180, "000", "EW");
            bool isVoid = (i & 1) != 0;
            all.Append(Sealed($"GPRMC,{clock},{(isVoid ? "V,,,,,,," : $"A,{place},{speed},,")}{date},,,{(isVoid ? 'N' : 'A')}"));
            all.Append(Sealed($"GPGGA,{clock},{(isVoid ? ",,,,0,00,,,,,,," : place + ",1,08,1.0,35.0,M,44.0,M,,")}"));
        }

        return all.ToString();
    }

    private static string Angle(Random random, int most, string digits, string sides) => string.Create(
        CultureInfo.InvariantCulture,
        $"{random.Next(most).ToString(digits, CultureInfo.InvariantCulture)}{(random.Next(6_000_000) / 100_000m).ToString("00.00000", CultureInfo.InvariantCulture)},{sides[random.Next(2)]}");

    private static string Sealed(string body) => string.Create(CultureInfo.InvariantCulture, $"${body}*{body.Aggregate(0, (sum, next) => sum ^ next):X2}\r\n");

    private static Dictionary<long, Fix> Ours(byte[] stream)
    {
        var fixes = new Dictionary<long, Fix>();
        var buffer = new LineBuffer(NmeaReader.MaxLength, '$');
        var reader = new NmeaReader();
        for (int at = 0; at < stream.Length;)
        {
            at = buffer.Take(stream, at, stream.Length);
            if (buffer.IsWhole)
            {
                if (reader.Read(buffer.Bytes, buffer.Length) == NmeaReader.Rmc && reader.HasFix)
                {
                    fixes.Add(reader.Utc, new Fix(reader.Latitude, reader.Longitude, reader.Speed));
                }

                buffer.Length = 0;
            }
        }

        Assert.AreEqual(2 * Epochs, reader.Sentences);
        return fixes;
    }

    private static Dictionary<long, Fix> Theirs(string sentences)
    {
        using Process process = Process.Start(new ProcessStartInfo("gpsdecode", ["-j"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(sentences);
        process.StandardInput.Close();
        string text = output.Result;
        process.WaitForExit();
        var fixes = new Dictionary<long, Fix>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.GetProperty("class").GetString() == "TPV" && root.TryGetProperty("lat", out JsonElement latitude) && root.TryGetProperty("speed", out JsonElement speed))
            {
                fixes[root.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds()] = new Fix(
                    Scaled(latitude, 10_000_000), Scaled(root.GetProperty("lon"), 10_000_000), Scaled(speed, 1000));
            }
        }

        return fixes;
    }

    private static int Scaled(JsonElement number, int factor) => (int)Math.Round(number.GetDecimal() * factor, MidpointRounding.AwayFromZero);
}
