using M2m.Arguments;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;

namespace M2m.Tests;

[TestClass]
public class ArgumentTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_795_366_425);

    [TestMethod]
    [DataRow("a=1", "1")]
    [DataRow("a=21.50", "21.50")]
    [DataRow("a=true", "true")]
    [DataRow("a=null", "null")]
    [DataRow("a=hello", "\"hello\"")]
    [DataRow("a=", "\"\"")]
    [DataRow("a=b=c", "\"b=c\"")]
    [DataRow("a=\"5\"", "\"5\"")]
    [DataRow("a=[1,2]", "[1,2]")]
    [DataRow("a={\"b\":1}", "{\"b\":1}")]
    [DataRow("a=01", "\"01\"")]
    public void Value_is_json_where_it_parses_else_text(string argument, string json)
    {
        KeyValue pair = KeyValue.ParseAll([argument]).Single();
        Assert.AreEqual("a", pair.Key);
        Assert.AreEqual(json, pair.ToJson()?.ToJsonString() ?? "null");
    }

    [TestMethod]
    [DataRow("a", "has no '='")]
    [DataRow("=1", "the key before the '=' is empty")]
    [DataRow("a b=1", "no spaces")]
    [DataRow("a={b:1}", "begins like JSON, but is not")]
    [DataRow("a=[1,", "begins like JSON, but is not")]
    [DataRow("a={\"b\":1,\"b\":2}", "begins like JSON, but is not")]
    public void Wrong_pair_is_refused_with_the_reason(string argument, string why)
    {
        UsageException refused = Assert.ThrowsExactly<UsageException>(() => KeyValue.ParseAll([argument]).Single().ToJson());
        StringAssert.Contains(refused.Message, why);
    }

    [TestMethod]
    public void Key_that_is_given_twice_is_refused() =>
        StringAssert.Contains(Assert.ThrowsExactly<UsageException>(() => KeyValue.ParseAll(["a=1", "a=2"])).Message, "'a' is given twice");

    [TestMethod]
    [DataRow("mqtt://broker", "broker", 1883, null, null)]
    [DataRow("mqtt://broker:1884", "broker", 1884, null, null)]
    [DataRow("mqtt://me:se%40cret@broker:1884/", "broker", 1884, "me", "se@cret")]
    [DataRow("mqtt://me@[::1]:1884", "::1", 1884, "me", null)]
    public void Broker_is_read(string text, string host, int port, string? user, string? password)
    {
        Assert.IsTrue(BrokerAddress.TryParse(text, out BrokerAddress? address));
        Assert.AreEqual(new BrokerAddress(host, port, user, password), address);
    }

    [TestMethod]
    [DataRow("mqtts://broker", 8883)]
    [DataRow("mqtts://broker:1883", 1883)]
    public void Broker_with_TLS_is_read(string text, int port)
    {
        Assert.IsTrue(BrokerAddress.TryParse(text, out BrokerAddress? address));
        Assert.AreEqual((true, port), (address.IsSecure, address.Port));
        Assert.AreEqual(FormattableString.Invariant($"mqtts://broker:{port}"), address.ToString());
    }

    [TestMethod]
    [DataRow("broker")]
    [DataRow("http://broker")]
    [DataRow("mqtt://")]
    [DataRow("mqtt://broker/topic")]
    [DataRow("mqtt://broker:0")]
    [DataRow("mqtt://:secret@broker")]
    public void Wrong_broker_is_refused(string text) => Assert.IsFalse(BrokerAddress.TryParse(text, out _));

    [TestMethod]
    public void Broker_is_shown_without_its_password() => Assert.AreEqual("mqtt://[::1]:1884", new BrokerAddress("::1", 1884, "me", "secret").ToString());

    [TestMethod]
    [DataRow("-90s", 1_795_366_335)]
    [DataRow("-90", 1_795_366_335)]
    [DataRow("-1.5h", 1_795_361_025)]
    [DataRow("-2d", 1_795_193_625)]
    [DataRow("1795366000", 1_795_366_000)]
    [DataRow("2026-11-22T17:33:45Z", 1_795_368_825)]
    public void Time_is_read(string text, long epochSeconds)
    {
        Assert.IsTrue(Moment.TryParse(text, Now, out long seconds));
        Assert.AreEqual(epochSeconds, seconds);
    }

    [TestMethod]
    [DataRow("yesterday")]
    [DataRow("-")]
    [DataRow("-h")]
    [DataRow("-1w")]
    [DataRow("99999999999999")]
    [DataRow("")]
    public void Wrong_time_is_refused(string text) => Assert.IsFalse(Moment.TryParse(text, Now, out _));

    [TestMethod]
    [DataRow("reed", "read")]
    [DataRow("pnig", "ping")]
    [DataRow("set", "settings.set")]
    [DataRow("sett", "settings.get settings.set")]
    [DataRow("xyzzy", "")]
    public void Nearest_names_are_found(string text, string names) =>
        Assert.AreEqual(names, string.Join(' ', Nearest.To(text, ["read", "ping", "settings.get", "settings.set"])));

    [TestMethod]
    [DataRow("m2m", true)]
    [DataRow("site/hall-2/m2m", true)]
    [DataRow("", false)]
    [DataRow("m2m/", false)]
    [DataRow("m2m/+", false)]
    [DataRow("#", false)]
    [DataRow("site.hall", false)]
    public void Prefix_cannot_leave_its_place(string text, bool isRight) => Assert.AreEqual(isRight, Names.IsPrefix(text));
}
