using System.Text;
using System.Text.Json;
using M2m.Client.Devices;
using M2m.Client.Mqtt;
using M2m.Client.Telemetry;
using M2m.Client.View;
using M2m.Devices;
using M2m.View;

namespace M2m.Tests;

[TestClass]
public class TextTests
{
    private const double Now = 1_795_366_500;

    [TestMethod]
    public void Senml_pack_of_several_times_is_resolved()
    {
        TelemetryMessage message = Read("""
            [{"bn":"urn:dev:mac:020000fffe000001_","bt":1795366425,"n":"seq","v":41},{"n":"temperature","u":"Cel","v":21.370},
             {"n":"temperature","u":"Cel","t":10,"v":21.4},{"n":"door","vb":true}]
            """)!;
        Assert.AreEqual(41, message.Sequence);
        Assert.AreEqual("temperature 21.370 Cel 1795366425; temperature 21.4 Cel 1795366435; door true 1795366425", Describe(message));
    }

    [TestMethod]
    [DataRow("""[{"n":"a","v":1,"t":-60}]""", "a 1 1795366440")]
    [DataRow("""[{"n":"time-unknown","vb":true},{"n":"a","v":1,"t":-60}]""", "a 1 1795366500")]
    [DataRow("""[{"bu":"Cel","bv":20,"n":"a","v":1.5}]""", "a 21.5 Cel 1795366500")]
    [DataRow("""{"seq":41,"temperature":21.37,"time":1795366425}""", "temperature 21.37 1795366425")]
    [DataRow("""{"temperature":21.37,"age":12}""", "temperature 21.37 1795366488")]
    [DataRow("""{"seq":4,"temperature":21.37,"timeUnknown":true}""", "temperature 21.37 1795366500")]
    public void Reading_has_its_time_in_either_rendering(string json, string readings) => Assert.AreEqual(readings, Describe(Read(json)!));

    [TestMethod]
    [DataRow("""[{"bn":"a_","bt":1795366425,"n":"x","v":1},{"bn":"b_","n":"x","v":2},{"n":"y","v":3},{"bn":"a_","n":"y","v":4}]""", "x 1 1795366425; b_x 2 1795366425; b_y 3 1795366425; y 4 1795366425")]
    [DataRow("""[{"bn":"a","v":1},{"bn":"b","v":2}]""", "a 1 1795366500; b 2 1795366500")]
    [DataRow("""[{"n":"x","v":1},{"bn":"a_","n":"x","v":2}]""", "x 1 1795366500; a_x 2 1795366500")]
    [DataRow("""[{"bn":"a_","n":"x","v":1},{"bn":"","n":"x","v":2}]""", "a_x 1 1795366500; x 2 1795366500")]
    [DataRow("""[{"bver":10.0,"n":"x","v":1}]""", "x 1 1795366500")]
    [DataRow("""[{"bn":"a_","bt":1795366425,"bver":10},{"n":"x","v":1}]""", "x 1 1795366425")]
    [DataRow("""[{"n":"power","u":"W","s":12},{"n":"x","v":1}]""", "power (sum) 12 W s 1795366500; x 1 1795366500")]
    [DataRow("""[{"bs":100,"n":"power","u":"W","v":7,"s":0.5},{"n":"x","v":1}]""", "power 7 W 1795366500; power (sum) 100.5 W s 1795366500; x 1 1795366500")]
    [DataRow("""[{"n":"x"},{"n":"x","v":1,"ut":5}]""", "x 1 1795366500")]
    [DataRow("""[{"n":"x","v":1.50,"bv":0.25}]""", "x 1.75 1795366500")]
    [DataRow("""[{"n":"picture","vd":"aGk_-w"},{"n":"x","vs":"text"}]""", "picture aGk_-w 1795366500; x text 1795366500")]
    public void Senml_pack_is_read_as_rfc_8428_has_it(string json, string readings) => Assert.AreEqual(readings, Describe(Read(json)!));

    [TestMethod]
    [DataRow("""[{"bver":11,"n":"x","v":1}]""")]
    [DataRow("""[{"n":"x","v":1},{"bver":11}]""")]
    [DataRow("""[{"bver":"10","n":"x","v":1}]""")]
    [DataRow("""[{"bver":10,"n":"x","v":1},{"bver":9}]""")]
    [DataRow("""[{"bn":5,"n":"x","v":1}]""")]
    [DataRow("""[{"n":"x","v":1,"t":"soon"}]""")]
    [DataRow("""[{"bv":"20","n":"x","v":1}]""")]
    [DataRow("""[{"n":"x","v":1e400}]""")]
    [DataRow("""[{"bver":0,"n":"x","v":1}]""")]
    [DataRow("""[{"n":"x","v":1,"scale_":2}]""")]
    [DataRow("""[{"n":"x","v":1},{"n":"y","v":1,"x_":null}]""")]
    [DataRow("""[{"n":"x","v":1,"vs":"1"}]""")]
    [DataRow("""[{"n":"x","v":"1"}]""")]
    [DataRow("""[{"n":"x","vb":1}]""")]
    [DataRow("""[{"n":"x","vd":"not base64!"}]""")]
    [DataRow("""[{"v":1}]""")]
    public void Senml_pack_that_needs_more_or_breaks_a_rule_is_refused(string json) => Assert.IsNull(Read(json));

    [TestMethod]
    public void Data_value_stays_a_data_value()
    {
        string text = JsonText.Compact(Read("""[{"bt":1795366425,"n":"picture","vd":"aGk"}]""")!.Readings[0].WriteTo);
        Assert.AreEqual("""{"n":"picture","t":1795366425,"vd":"aGk"}""", text);
    }

    [TestMethod]
    public void Sum_stays_a_sum()
    {
        string text = JsonText.Compact(Read("""[{"bt":1795366425,"n":"power","u":"W","s":12}]""")!.Readings[0].WriteTo);
        Assert.AreEqual("""{"n":"power","u":"W","t":1795366425,"s":12}""", text);
    }

    [TestMethod]
    [DataRow(1000, "")]
    [DataRow(1003, " (3 not read)")]
    public void Records_that_are_not_read_are_counted(int records, string end)
    {
        TelemetryMessage pack = Read("[" + string.Join(',', Enumerable.Repeat("""{"n":"a","v":1}""", records)) + "]")!;
        TelemetryMessage flat = Read("{" + string.Join(',', Enumerable.Range(0, records).Select(i => $"\"a{i}\":1")) + "}")!;
        Assert.AreEqual("a 1" + end, pack.ToString());
        StringAssert.EndsWith(flat.ToString(), "a999 1" + end);
        Assert.AreEqual(records > 1000, JsonText.Compact(writer => { writer.WriteStartObject(); pack.WriteMembersTo(writer); writer.WriteEndObject(); }).EndsWith(",\"notRead\":3}", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("[1]")]
    [DataRow("[{\"n\":\"a\"}]")]
    [DataRow("null")]
    public void Other_json_is_no_telemetry(string json) => Assert.IsNull(Read(json));

    [TestMethod]
    [DataRow("{\"a\":1,\"a\":2}")]
    [DataRow("{\"a\":\"\\ud800\"}")]
    [DataRow("{\"\\udfff\":1}")]
    [DataRow("[1,")]
    [DataRow("")]
    public void Hostile_json_is_no_json(string json) => Assert.IsFalse(Json.TryParse(Encoding.UTF8.GetBytes(json), out _));

    [TestMethod]
    public void What_a_terminal_would_obey_is_escaped_and_still_the_same_json()
    {
        JsonElement value = JsonSerializer.SerializeToElement("a\e[2J\u202e\u0085\U000e0001°😀");
        string text = JsonText.Compact(value.WriteTo);
        Assert.IsFalse(text.Any(c => char.IsControl(c) || c == '\u202e'));
        StringAssert.Contains(text, "°");
        Assert.AreEqual(value.GetString(), JsonDocument.Parse(text).RootElement.GetString());
    }

    [TestMethod]
    public void Csv_has_a_row_a_time_and_harmless_fields()
    {
        TelemetryMessage message = Read("""[{"bt":1795366425,"n":"temperature","v":21.37},{"n":"=cmd()","vs":"a,\"b"},{"n":"temperature","t":0.5,"v":-3}]""")!;
        CollectionAssert.AreEqual(
            new[] { "time,'=cmd(),temperature", "2026-11-22T16:53:45Z,\"a,\"\"b\",21.37", "2026-11-22T16:53:45.5Z,,-3.00" }, HistoryCsv.Rows(message.Readings, []).ToArray());
    }

    [TestMethod]
    public void Csv_has_the_columns_that_were_asked_for_and_loses_no_reading()
    {
        TelemetryMessage message = Read("""[{"bt":1795366425,"n":"b","v":1},{"n":"a","v":2.5},{"n":"b","v":3},{"n":"c","v":1e3}]""")!;
        CollectionAssert.AreEqual(
            new[] { "time,a,b,d", "2026-11-22T16:53:45Z,2.5,1,", "2026-11-22T16:53:45Z,,3," }, HistoryCsv.Rows(message.Readings, ["d", "b", "a", "b"]).ToArray());
        CollectionAssert.AreEqual(
            new[] { "time,a,b,c", "2026-11-22T16:53:45Z,2.5,1,1e3", "2026-11-22T16:53:45Z,,3," }, HistoryCsv.Rows(message.Readings, []).ToArray());
    }

    [TestMethod]
    public void Chart_rises_from_the_lower_left_to_the_upper_right()
    {
        IReadOnlyList<string> rows = LineChart.Draw([(0, 0), (1, 1), (2, 2), (3, 3)], 0, 3, 4, 2);
        Assert.AreEqual("⠀⠀⡠⠊\n⡠⠊", string.Join('\n', rows));
        Assert.AreEqual("3 ┤⠀⠀⡠⠊\n0 ┤⡠⠊", string.Join('\n', LineChart.Label(rows, 0, 3)));
    }

    [TestMethod]
    public void Chart_shows_a_gap_where_nothing_was_measured()
    {
        IEnumerable<(double, double)> points = Enumerable.Range(0, 101).Where(time => time is < 40 or > 60).Select(time => ((double)time, 1.0));
        string row = LineChart.Draw([.. points], 0, 100, 20, 1)[0];
        StringAssert.Contains(row, "\u2800\u2800");
        Assert.AreEqual(20, row.Length);
    }

    [TestMethod]
    public void Chart_of_one_point_is_drawn() => Assert.AreEqual(1, LineChart.Draw([(5, 5)], 5, 5, 10, 3).Count(row => row.Length > 0));

    [TestMethod]
    [DataRow("""{"state":"sleeping","until":1795366800}""", "It is sleeping until ")]
    [DataRow("""{"state":"sleeping","until":1795366800}""", "--timeout of 330")]
    [DataRow("""{"state":"sleeping","until":1795366400}""", "its wake was due at ")]
    [DataRow("""{"state":"lost"}""", "the broker lost its connection at an unknown time")]
    [DataRow("""{"state":"lost","time":1795366440}""", "last seen at ")]
    [DataRow("""{"state":"offline","time":1795366440}""", "it shut down. It was last seen at ")]
    [DataRow("""{"state":"online","time":1795366440}""", "(60 s ago)")]
    public void Silence_is_explained(string status, string why) =>
        StringAssert.Contains(Absence.Explain("a", Presence.Read("a", Encoding.UTF8.GetBytes(status)), DateTimeOffset.FromUnixTimeSeconds((long)Now)), why);

    private static TelemetryMessage? Read(string json) => TelemetryMessage.Read(JsonDocument.Parse(json).RootElement)?.At(DateTimeOffset.FromUnixTimeSeconds((long)Now));

    private static string Describe(TelemetryMessage message) =>
        string.Join("; ", message.Readings.Select(reading => FormattableString.Invariant($"{reading.Name} {reading.ValueAndUnit} {reading.Time}")));
}
