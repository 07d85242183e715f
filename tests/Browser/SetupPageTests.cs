using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Browser;

/// <summary>The first set-up as a person does it, in Chromium on a screen of a phone's size.</summary>
[TestClass]
public sealed class SetupPageTests
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Key = "correct horse";
    private const int PatienceMs = 90_000;
    private static IPlaywright? s_playwright;
    private static IBrowser? s_browser;

    public required TestContext TestContext { get; set; }

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        if (File.Exists(Chromium))
        {
            s_playwright = await Playwright.CreateAsync();
            s_browser = await s_playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        }
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (s_browser is not null)
        {
            await s_browser.DisposeAsync();
        }

        s_playwright?.Dispose();
    }

    [TestInitialize]
    public void NeedsChromium()
    {
        Brokers.Require(s_browser is null ? null : Chromium, "chromium");
    }

    [TestMethod]
    public async Task First_setup_brings_a_new_device_online()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        var time = Stopwatch.StartNew();
        await using NewDevice device = await NewDevice.StartAsync(broker);
        IPage page = await OpenAsync(device);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("No network is set yet.");
        await page.GetByLabel("Networks in range").SelectOptionAsync("home");
        await FillAsync(page, broker);
        await KeepPictureAsync(page);
        await SaveAsync(page);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Online. The settings are kept.");
        Assert.AreEqual("online", (await device.OnlineAsync()).GetProperty("state").GetString());
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"online {time.Elapsed.TotalSeconds:F1} s after power-on")); // for setup.md

        // The access point closes with a restart, and the device comes back without it.
        Assert.AreEqual("online", (await device.OnlineAsync()).GetProperty("state").GetString());
    }

    [TestMethod]
    public async Task Wrong_password_is_shown_at_its_field_and_can_be_corrected()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using NewDevice device = await NewDevice.StartAsync(broker);
        IPage page = await OpenAsync(device);
        await page.GetByLabel("Networks in range").SelectOptionAsync("home");
        await FillAsync(page, broker, key: "wrong horse");
        await SaveAsync(page);

        // Without a step of the reader: the page shows it by itself.
        await Expect(page.Locator("#e-ssid")).ToHaveTextAsync("was not joined: check name and password");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The new settings did not work");
        await Expect(page.GetByLabel("Networks in range")).ToHaveValueAsync("home");
        await Expect(page.Locator("#password")).ToHaveValueAsync(string.Empty);
        await page.Locator("#password").FillAsync(Key);
        await SaveAsync(page);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Online. The settings are kept.");
    }

    [TestMethod]
    public async Task Wrong_broker_is_shown_at_its_field()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using NewDevice device = await NewDevice.StartAsync(broker);
        IPage page = await OpenAsync(device);
        await page.GetByLabel("Networks in range").SelectOptionAsync("home");
        await FillAsync(page, broker);
        await page.GetByLabel("Port").FillAsync("9");
        await SaveAsync(page);
        await Expect(page.Locator("#e-host")).ToContainTextAsync("did not accept the connection");
        await Expect(page.GetByLabel("Address")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Port")).ToHaveValueAsync("9");
    }

    [TestMethod]
    public async Task Hidden_network_is_joined_by_its_name_and_a_name_with_marks_is_kept()
    {
        const string Name = "Barn \"north\" <b>&amp; \U0001F404";
        await using ITestBroker broker = await Brokers.StartAsync();
        await using NewDevice device = await NewDevice.StartAsync(broker);
        IPage page = await OpenAsync(device);
        CollectionAssert.DoesNotContain((await page.Locator("#net option").AllInnerTextsAsync()).ToArray(), "attic");
        await page.GetByLabel("Name of a hidden network").FillAsync("attic");
        await FillAsync(page, broker, name: Name);
        await SaveAsync(page);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Online. The settings are kept.");
        await Expect(page.Locator("h1")).ToHaveTextAsync(Name);
        await Expect(page.Locator("#name")).ToHaveValueAsync(Name);
        JsonElement presence = await device.OnlineAsync();
        Assert.AreEqual(Name, presence.GetProperty("name").GetString());
    }

    [TestMethod]
    public async Task Certificates_from_files_lead_to_a_broker_with_TLS()
    {
        using var certificates = new TestCertificates();
        await using var broker = new MosquittoBroker { Tls = certificates.Tls };
        Brokers.Require(MosquittoBroker.Executable, "mosquitto");
        await broker.StartAsync();
        await using NewDevice device = await NewDevice.StartAsync(broker);
        IPage page = await OpenAsync(device);
        await page.GetByLabel("Networks in range").SelectOptionAsync("home");
        await FillAsync(page, broker);
        await page.GetByLabel("Encrypted (TLS)").CheckAsync();
        await page.GetByLabel("Port").FillAsync(broker.SecurePort.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#caF").SetInputFilesAsync(certificates.CaFile);
        await page.Locator("#ownF").SetInputFilesAsync(certificates.Client("esp32-020000000001"));
        await Expect(page.Locator("#ca")).ToHaveValueAsync(certificates.CaPem);
        await SaveAsync(page);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Online. The settings are kept.");
        await Expect(page.Locator("#e-ca")).ToHaveTextAsync("Leave empty to keep what is stored.");
        await Expect(page.Locator("#ca")).ToHaveValueAsync(string.Empty);
    }

    [TestMethod]
    public async Task File_that_is_no_certificate_is_refused_at_its_field()
    {
        using var certificates = new TestCertificates();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using NewDevice device = await NewDevice.StartAsync(broker);
        IPage page = await OpenAsync(device);
        await page.GetByLabel("Networks in range").SelectOptionAsync("home");
        await FillAsync(page, broker);
        await page.GetByLabel("Encrypted (TLS)").CheckAsync();
        await page.Locator("#caF").SetInputFilesAsync(certificates.Write("notes.txt", "no certificate"));
        await SaveAsync(page);
        await Expect(page.Locator("#e-ca")).ToContainTextAsync("could not be stored.");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was saved.");
    }

    [TestMethod]
    public async Task Two_browsers_at_once_are_both_served()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using NewDevice device = await NewDevice.StartAsync(broker);
        IPage[] pages = await Task.WhenAll(OpenAsync(device), OpenAsync(device));
        await Task.WhenAll(pages.Select(page => Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("No network is set yet.")));
        await pages[0].GetByLabel("Networks in range").SelectOptionAsync("home");
        await FillAsync(pages[0], broker);
        await SaveAsync(pages[0]);
        await Task.WhenAll(pages.Select(page => Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Online. The settings are kept.")));
    }

    [TestMethod]
    public async Task Page_works_without_JavaScript()
    {
        using var certificates = new TestCertificates();
        await using ITestBroker broker = await Brokers.StartAsync();
        await using NewDevice device = await NewDevice.StartAsync(broker);
        IPage page = await OpenAsync(device, new BrowserNewContextOptions { JavaScriptEnabled = false, Locale = "de-DE" });
        await page.GetByLabel("Netze in Reichweite").SelectOptionAsync("home");
        await page.Locator("#password").FillAsync(Key);
        await page.GetByLabel("Adresse").FillAsync("127.0.0.1");
        await page.GetByLabel("Port").FillAsync(broker.Port.ToString(CultureInfo.InvariantCulture));
        await page.GetByLabel("Sekunden zwischen Messungen").FillAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Speichern und probieren" }).ClickAsync();
        await Expect(page.Locator("#e-interval")).ToHaveTextAsync("muss 1 bis 86400 sein");
        await page.Locator("#password").FillAsync(Key);
        await page.GetByLabel("Sekunden zwischen Messungen").FillAsync("5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Speichern und probieren" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Online. Die Einstellungen bleiben.");
    }

    [TestMethod]
    public async Task Page_fits_a_small_phone_and_each_field_has_a_label()
    {
        await using ITestBroker broker = await Brokers.StartAsync();
        await using NewDevice device = await NewDevice.StartAsync(broker);
        IPage page = await OpenAsync(device, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 320, Height = 568 } });
        Assert.IsTrue(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth<=innerWidth"), "it is wider than the screen");
        string[] without = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('input:not([type=hidden]),select,textarea')].filter(e=>!e.labels.length||!e.labels[0].innerText.trim()).map(e=>e.id)");
        Assert.IsEmpty(without, string.Join(' ', without));
        Assert.AreEqual("en", await page.EvaluateAsync<string>("document.documentElement.lang"));
        string[] errors = await page.EvaluateAsync<string[]>("performance.getEntriesByType('resource').map(e=>e.name).filter(n=>!n.endsWith('/s')&&!n.endsWith('favicon.ico'))");
        Assert.IsEmpty(errors, "something is loaded from outside: " + string.Join(' ', errors));
    }

    private static ILocatorAssertions Expect(ILocator locator)
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        return Assertions.Expect(locator);
    }

    private static async Task<IPage> OpenAsync(NewDevice device, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.Locale ??= "en-GB";
        options.ViewportSize ??= new ViewportSize { Width = 412, Height = 915 };
        IBrowserContext context = await s_browser!.NewContextAsync(options);
        context.SetDefaultTimeout(PatienceMs);
        IPage page = await context.NewPageAsync();

        // The first scan takes two seconds.
        do
        {
            await page.GotoAsync(device.Url);
        }
        while (await page.Locator("#net option[value=home]").CountAsync() == 0);
        return page;
    }

    private static async Task FillAsync(IPage page, ITestBroker broker, string key = Key, string name = "Greenhouse")
    {
        await page.Locator("#password").FillAsync(key);
        await page.GetByLabel("Address").FillAsync("127.0.0.1");
        await page.GetByLabel("Port").FillAsync(broker.Port.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#name").FillAsync(name);
        await page.GetByLabel("Seconds between measurements").FillAsync("5");
    }

    private static Task SaveAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save and try" }).ClickAsync();

    // The documentation's picture, on request.
    private static async Task KeepPictureAsync(IPage page)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            string root = AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf(Path.Combine("tests", "Browser"), StringComparison.Ordinal)];
            string port = await page.GetByLabel("Port").InputValueAsync();
            await page.GetByLabel("Port").FillAsync("1883");
            await page.EvaluateAsync("document.activeElement.blur();scrollTo(0,0)");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(root, "firmware", "docs", "setup.png") });
            await page.GetByLabel("Port").FillAsync(port);
        }
    }
}
