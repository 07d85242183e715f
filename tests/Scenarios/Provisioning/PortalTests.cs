using Boards.NativeSim.World;
using Scenarios.Harness;

namespace Scenarios.Provisioning;

/// <summary>The first set-up of a whole device, over real sockets.</summary>
[TestClass]
public sealed class PortalTests
{
    [TestMethod]
    public async Task Blank_device_is_online_after_its_page_was_filled_in()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        Assert.AreEqual("esp32-" + portal.Device.Id[^6..], portal.AccessPoint.Name);
        PortalBench.Response page = portal.Get();
        Assert.AreEqual("200", page.Status);
        StringAssert.Contains(page.Text, "No network is set yet.");
        StringAssert.Contains(page.Text, "<option value=\"home\">home (-5");
        StringAssert.Contains(page.Text, "<dt>temperature<dd>");

        PortalBench.Response saved = portal.Post(page.Token, portal.Filled(name: "Barn \"north\" <1> \U0001F404"));
        Assert.AreEqual("303", saved.Status, saved.Text);
        portal.Until(() => portal.Device.State == LinkState.Online, "it does not come online");
        StringAssert.Contains(portal.Get().Text, "Online. The settings are kept.");

        portal.Until(() => portal.AccessPoint.Name is null, "the access point does not close");
        portal.Until(() => portal.Device.State == LinkState.Online, "it does not come back");
        portal.Bench.WaitFor(() => portal.Bench.Status(portal.Device) == "online", "no presence");
        Received status = portal.Bench.Client.On($"m2m/{portal.Device.Id}/status").Last();
        Assert.AreEqual("Barn \"north\" <1> \U0001F404", status.Json.GetProperty("name").GetString());
        Assert.AreEqual(30, portal.Device.Settings!.Interval);
    }

    [TestMethod]
    public async Task Wrong_password_is_shown_at_its_field_and_the_next_try_works()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        portal.Post(portal.Filled(key: "wrong horse"));
        StringAssert.Contains(portal.Get().Text, "Joining the network");
        portal.Until(() => portal.Get().Text.Contains("did not work", StringComparison.Ordinal), "the trial does not end");
        PortalBench.Response page = portal.Get();
        StringAssert.Contains(page.Text, "id=e-ssid>was not joined: check name and password</p>");
        StringAssert.Contains(page.Text, "<option value=\"home\" selected>");
        Assert.DoesNotContain("wrong horse", page.Text);
        Assert.IsEmpty(portal.Device.Settings!.Wifi);

        Assert.AreEqual("303", portal.Post(portal.Filled()).Status);
        portal.Until(() => portal.Device.State == LinkState.Online, "it does not come online");
        Assert.AreEqual(PortalBench.Home, portal.Device.Settings!.Wifi[0].Ssid);
    }

    [TestMethod]
    public async Task Broker_that_does_not_answer_is_shown_at_its_field()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        portal.Post(portal.Filled(port: 9));
        portal.Until(() => portal.Get().Text.Contains("did not work", StringComparison.Ordinal), "the trial does not end");
        StringAssert.Contains(portal.Get().Text, "id=e-host>did not accept the connection: no connection to 127.0.0.1:9 ");
        StringAssert.Contains(portal.Get(language: "de").Text, "id=e-host>nahm die Verbindung nicht an. Grund (englisch): no connection to 127.0.0.1:9 ");
        Assert.AreEqual("mqtt.local", portal.Device.Settings!.Broker.Host);
    }

    [TestMethod]
    public async Task Hidden_network_is_joined_by_its_name()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        Assert.DoesNotContain("<option value=\"attic\"", portal.Get().Text);
        portal.Post(portal.Filled(net: string.Empty, ssid: PortalBench.Hidden));
        portal.Until(() => portal.Device.State == LinkState.Online, "it does not come online");
    }

    [TestMethod]
    public async Task Network_with_marks_in_its_name_is_shown_as_text_and_joined()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        const string Name = "caf\u00e9 \"<b>\" \U0001F600";
        StringAssert.Contains(portal.Get().Text, "<option value=\"caf\u00e9 &quot;&lt;b&gt;&quot; \U0001F600\">");
        portal.Post(portal.Filled(net: Name, key: "another key"));
        portal.Until(() => portal.Device.State == LinkState.Online, "it does not come online");
        Assert.AreEqual(Name, portal.Device.Settings!.Wifi[0].Ssid);
    }

    [TestMethod]
    public async Task Wrong_fields_are_marked_and_nothing_is_saved()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        PortalBench.Response page = portal.Post(("ssid", new string('n', 32)), ("password", "short"), ("host", "a b"), ("port", "70000"), ("interval", "0"), ("name", new string('x', 65)));
        foreach (string field in (string[])["ssid", "password", "host", "port", "interval", "name"])
        {
            StringAssert.Contains(page.Text, $"aria-invalid=true aria-describedby=e-{field}");
            StringAssert.Contains(page.Text, $"<p class=e id=e-{field}>");
        }

        StringAssert.Contains(page.Text, "Nothing was saved.");
        Assert.AreEqual(0, portal.Bench.Log.Count(e => e.Type == "settings"));
        Assert.AreEqual(10, portal.Device.Settings!.Interval);
    }

    [TestMethod]
    public async Task Page_of_a_stranger_cannot_save()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        PortalBench.Response page = portal.Post("0123456789ABCDEF", portal.Filled());
        StringAssert.Contains(page.Text, "This page is out of date.");
        portal.Bench.RunFor(20);
        Assert.AreNotEqual(LinkState.Online, portal.Device.State);
    }

    [TestMethod]
    [DataRow("connectivitycheck.gstatic.com", "/generate_204", "http://192.168.4.1/")]
    [DataRow("captive.apple.com", "/hotspot-detect.html", "http://192.168.4.1/")]
    [DataRow("www.msftconnecttest.com", "/connecttest.txt", "http://192.168.4.1/")]
    [DataRow("192.168.4.1", "/generate_204", "/")]
    public async Task Probe_of_a_phone_is_sent_to_the_page(string host, string path, string location)
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        PortalBench.Response response = portal.Send($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        Assert.AreEqual("302", response.Status);
        StringAssert.Contains(response.Text, $"\r\nLocation: {location}\r\n");
    }

    [TestMethod]
    public async Task Page_is_of_at_most_12_KB_also_with_many_networks_and_in_German()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        for (int i = 0; i < 40; i++)
        {
            portal.Device.Chip.Radio.Add(new AccessPoint($"\"&<>'\"&<>'\"&<>'\"&<>'\"&<>' {i}", "a password", -60 - (i % 30)));
        }

        portal.Bench.RunFor(30);
        portal.Get();
        portal.Bench.RunFor(5);
        PortalBench.Response page = portal.Get(language: "de-DE,de;q=0.9,en;q=0.8");
        StringAssert.Contains(page.Text, "Verschl\u00fcsselt");
        StringAssert.Contains(page.Text, "<html lang=de>");
        Assert.IsLessThan(12 * 1024, page.Length);
        TestContext.WriteLine($"{page.Length} bytes");
    }

    [TestMethod]
    public async Task Client_that_is_slow_or_silent_does_not_keep_others_out()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        Task<byte[]> slow = portal.ExchangeAsync("GET / HTT"u8.ToArray());
        Task<byte[]> silent = portal.ExchangeAsync([]);
        Assert.AreEqual("200", portal.Get().Status);
        portal.Pump(Task.WhenAll(slow, silent));
        Assert.IsEmpty(slow.Result);
        Assert.IsEmpty(silent.Result);
    }

    [TestMethod]
    public async Task Malformed_requests_are_refused_and_the_page_stays()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        Assert.AreEqual("400", portal.Send("GET\r\n\r\n").Status);
        PortalBench.Response unknown = portal.Send("DELETE / HTTP/1.1\r\nHost: 1\r\n\r\n");
        Assert.AreEqual("405", unknown.Status);
        StringAssert.Contains(unknown.Text, "\r\nAllow: GET, POST\r\n");
        Assert.AreEqual("431", portal.Send("GET / HTTP/1.1\r\nHost: 1\r\nX: " + new string('x', 3000) + "\r\n\r\n").Status);
        Assert.AreEqual("413", portal.Send("POST / HTTP/1.1\r\nHost: 1\r\nContent-Length: 9000\r\n\r\n" + new string('x', 9000)).Status);
        Assert.AreEqual("404", portal.Send("GET /favicon.ico HTTP/1.1\r\nHost: 1\r\n\r\n").Status);
        Assert.AreEqual("200", portal.Get().Status);
    }

    [TestMethod]
    public async Task Time_is_over_after_ten_minutes_and_the_next_power_on_opens_it_again()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        portal.Bench.RunFor(590);
        Assert.IsTrue(portal.IsOpen, "it is closed too early");
        portal.Bench.RunFor(30);
        Assert.IsNull(portal.AccessPoint.Name);
        portal.Bench.RunFor(600);
        Assert.IsNull(portal.AccessPoint.Name, "it opens by itself again");
        portal.Device.CutPower();
        portal.Device.Restart();
        portal.Bench.RunFor(6);
        Assert.IsTrue(portal.IsOpen, "it does not open after a power-on");
    }

    [TestMethod]
    public async Task Device_that_sleeps_stays_awake_for_its_page_and_then_wakes_without_it()
    {
        await using PortalBench portal = await PortalBench.StartAsync("""{"power":{"mode":"deep-sleep"},"interval":60}""");
        portal.Bench.RunFor(500);
        Assert.IsTrue(portal.IsOpen, "it is closed too early");
        Assert.IsFalse(portal.Device.HasSlept);
        portal.Bench.RunFor(600);
        Assert.IsTrue(portal.Device.HasSlept, "it does not sleep");
        Assert.IsNull(portal.AccessPoint.StoredName);
        Assert.IsNull(portal.AccessPoint.Name);
    }

    [TestMethod]
    public async Task Access_point_that_does_not_open_is_tried_once_only()
    {
        await using PortalBench portal = await PortalBench.StartAsync(before: chip => chip.Radio.SoftAccessPoint.IsBroken = true);
        int boots = portal.Device.Chip.Boot;
        Assert.IsLessThanOrEqualTo(3, boots);
        portal.Bench.RunFor(600);
        Assert.AreEqual(boots, portal.Device.Chip.Boot);
    }

    [TestMethod]
    [DataRow(0, 4, true)]
    [DataRow(0, 2, false)]
    [DataRow(300, 3, true)]
    [DataRow(300, 2, false)]
    [DataRow(300, 11, false)]
    public async Task Button_held_for_three_seconds_opens_it_although_a_network_is_known(int after, int seconds, bool opens)
    {
        await using PortalBench portal = await PortalBench.StartAsync("""{"wifi":[{"ssid":"home","password":"correct horse"}]}""");
        Assert.IsFalse(portal.IsOpen);
        portal.Bench.RunFor(after);
        portal.HoldButton(seconds);
        portal.Bench.RunFor(60);
        Assert.AreEqual(opens, portal.IsOpen);
        if (opens)
        {
            PortalBench.Response page = portal.Get();
            StringAssert.Contains(page.Text, "<option value=\"home\" selected>");
            StringAssert.Contains(page.Text, "Leave empty to keep what is stored.");
            Assert.DoesNotContain("correct horse", page.Text);
        }
    }

    [TestMethod]
    [DataRow("caf\u00e9 \"<b>\" \U0001F600", "another key", "", false)]
    [DataRow(PortalBench.Home, "not my horse", "", false)]
    [DataRow(PortalBench.Home, "", "", true)]
    [DataRow("caf\u00e9 \"<b>\" \U0001F600", "another key", "typed", true)]
    public async Task Stored_password_of_the_broker_goes_over_no_other_network(string net, string password, string typed, bool isTaken)
    {
        await using PortalBench portal = await PortalBench.StartAsync(
            """{"wifi":[{"ssid":"home","password":"correct horse"}],"broker":{"host":"broker.example","port":1884,"user":"me","password":"hush-hush"}}""");
        portal.HoldButton();
        PortalBench.Response answer = portal.Post(
            ("net", net), ("password", password), ("host", "broker.example"), ("port", "1884"), ("user", "me"), ("key", typed), ("interval", "30"));
        Assert.AreEqual(isTaken ? "303" : "200", answer.Status);
        Assert.AreEqual(!isTaken, answer.Text.Contains("id=e-key>must be typed again", StringComparison.Ordinal), answer.Text);
        Assert.AreEqual(isTaken, portal.Device.Settings!.Interval == 30);
    }

    [TestMethod]
    public async Task Stored_password_that_went_over_tls_goes_nowhere_without_it()
    {
        await using PortalBench portal = await PortalBench.StartAsync(
            """{"wifi":[{"ssid":"home","password":"correct horse"}],"broker":{"host":"broker.example","port":8883,"tls":true,"user":"me","password":"hush-hush"}}""");
        portal.HoldButton();
        PortalBench.Response answer = portal.Post(
            ("net", PortalBench.Home), ("password", ""), ("host", "broker.example"), ("port", "8883"), ("user", "me"), ("key", ""), ("interval", "30"));
        Assert.AreEqual("200", answer.Status);
        StringAssert.Contains(answer.Text, "id=e-key>must be typed again");
    }

    [TestMethod]
    public async Task Access_point_that_cannot_be_closed_does_not_restart_the_device_without_end()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        portal.AccessPoint.CannotStore = true;
        int boot = portal.Device.Chip.Boot;
        portal.Bench.RunFor(3000);
        Assert.AreEqual(boot, portal.Device.Chip.Boot);
        Assert.IsFalse(portal.IsOpen, "it does not close");
    }

    [TestMethod]
    public async Task Setting_of_zero_minutes_keeps_it_closed()
    {
        await using PortalBench portal = await PortalBench.StartAsync("""{"provisioning":{"minutes":0}}""");
        Assert.IsNull(portal.AccessPoint.Name);
        Assert.IsFalse(portal.IsOpen);
    }

    [TestMethod]
    public async Task Power_cut_while_a_trial_runs_leaves_the_page_open_and_the_network_unknown()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        portal.Post(portal.Filled(key: "wrong horse"));
        portal.Bench.RunFor(5);
        portal.Device.CutPower();
        portal.Device.Restart();
        portal.Bench.RunFor(6);
        Assert.IsTrue(portal.IsOpen);
        StringAssert.Contains(portal.Get().Text, "No network is set yet.");
    }

    [TestMethod]
    public async Task Networks_in_range_can_be_asked_for()
    {
        await using PortalBench portal = await PortalBench.StartAsync();
        portal.Post(portal.Filled());
        portal.Until(() => portal.AccessPoint.Name is null && portal.Device.State == LinkState.Online, "it does not come online");
        portal.Bench.WaitFor(() => portal.Bench.Status(portal.Device) == "online", "no presence");
        Received busy = await portal.Bench.RequestAsync(portal.Device, "network.scan");
        Assert.AreEqual(-32000, busy.Json.GetProperty("error").GetProperty("code").GetInt32());
        portal.Bench.RunFor(busy.Json.GetProperty("error").GetProperty("data").GetProperty("retryAfter").GetInt32());
        Received found = await portal.Bench.RequestAsync(portal.Device, "network.scan");
        string[] names = [.. found.Json.GetProperty("result").GetProperty("networks").EnumerateArray().Select(network => network.GetProperty("ssid").GetString()!)];
        CollectionAssert.AreEqual(new[] { PortalBench.Home, "caf\u00e9 \"<b>\" \U0001F600" }, names);
    }

    public required TestContext TestContext { get; init; }
}
