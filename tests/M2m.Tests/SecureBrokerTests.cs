using System.Globalization;
using M2m.Tests.Harness;

namespace M2m.Tests;

[TestClass]
public class SecureBrokerTests
{
    [TestMethod]
    [DataRow(null)]
    [DataRow(MosquittoTls.Version12)]
    [DataRow(MosquittoTls.Version13)]
    public async Task Devices_are_listed_over_TLS(string? version)
    {
        using var certificates = new TestCertificates();
        await using MosquittoBroker broker = await StartAsync(certificates.Tls with { Version = version });
        await using FakeDevice device = await FakeDevice.StartAsync(broker, "boiler");
        string own = certificates.Client("alice");
        Ran options = await Tool.RunAsync(null, "devices", "--json", "--broker", broker.SecureUrl, "--ca", certificates.CaFile, "--cert", own);
        Ran variables = await Tool.RunAsync(null, Variables(broker.SecureUrl, certificates.CaFile, own), "devices", "--json");
        Assert.AreEqual((0, 0), (options.ExitCode, variables.ExitCode), options.Error + variables.Error);
        Assert.AreEqual("boiler", options.Json[0].GetProperty("device").GetString());
        Assert.AreEqual(options.Out, variables.Out);
    }

    [TestMethod]
    public async Task Certificate_and_key_may_be_in_two_files()
    {
        using var certificates = new TestCertificates();
        await using MosquittoBroker broker = await StartAsync(certificates.Tls);
        M2m.Client.Certificates.IssuedCertificate issued = certificates.Issue("alice");
        string certificate = certificates.Write("alice.crt", issued.CertificatePem);
        string key = certificates.Write("alice.key", issued.KeyPem);
        Ran ran = await Tool.RunAsync(null, "devices", "--json", "--broker", broker.SecureUrl, "--ca", certificates.CaFile, "--cert", certificate, "--key", key);
        Assert.AreEqual(0, ran.ExitCode, ran.Error);
        Assert.AreEqual("[]\n", ran.Out);
    }

    [TestMethod]
    [DataRow("expired", "expired at 2")]
    [DataRow("later", "is not valid before 2")]
    [DataRow("name", "is for another name: broker.example, not '127.0.0.1'")]
    public async Task Certificate_of_the_broker_is_refused_with_the_reason(string kind, string reason)
    {
        using var certificates = new TestCertificates();
        string server = kind switch
        {
            "expired" => certificates.Server(kind, -30, -1, "127.0.0.1"),
            "later" => certificates.Server(kind, 10, 30, "127.0.0.1"),
            _ => certificates.Server(kind, "broker.example"),
        };
        await using MosquittoBroker broker = await StartAsync(new MosquittoTls(certificates.CaFile, server));
        await ExpectAsync(broker, reason, "--ca", certificates.CaFile, "--cert", certificates.Client("alice"));
    }

    [TestMethod]
    public async Task Unknown_authority_of_the_broker_is_refused()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        await using MosquittoBroker broker = await StartAsync(certificates.Tls);
        await ExpectAsync(broker, "is signed by an authority that is not trusted (CN=test). --ca names another one", "--ca", others.CaFile, "--cert", certificates.Client("alice"));
        await ExpectAsync(broker, "is signed by an authority that is not trusted (CN=test). Name the authority's file with --ca", "--cert", certificates.Client("bob"));
    }

    [TestMethod]
    [DataRow("none", "requires a certificate of the client: --cert FILE")]
    [DataRow("stranger", "does not know the authority of the client's certificate")]
    [DataRow("expired", "the client's certificate expired")]
    [DataRow("revoked", "the client's certificate was revoked")]
    public async Task Refusal_of_the_clients_certificate_is_reported_with_the_reason(string kind, string reason)
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        M2m.Client.Certificates.IssuedCertificate revoked = certificates.Issue("eve");
        await using MosquittoBroker broker = await StartAsync(certificates.Tls with { RevocationFile = certificates.Revoke(revoked) });
        string[] own = kind switch
        {
            "none" => [],
            "stranger" => ["--cert", others.Client("eve")],
            "expired" => ["--cert", certificates.Client("eve", -30, -1)],
            _ => ["--cert", certificates.Write("eve.pem", revoked.Pem)],
        };
        await ExpectAsync(broker, reason, ["--ca", certificates.CaFile, .. own]);
    }

    [TestMethod]
    public async Task TLS_that_one_side_does_not_speak_is_reported()
    {
        using var certificates = new TestCertificates();
        await using MosquittoBroker broker = await StartAsync(certificates.Tls);
        Ran plain = await Tool.RunAsync(null, "devices", "--broker", string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{broker.SecurePort}"));
        Ran secure = await Tool.RunAsync(null, "devices", "--broker", string.Create(CultureInfo.InvariantCulture, $"mqtts://127.0.0.1:{broker.Port}"), "--ca", certificates.CaFile);
        Assert.AreEqual((1, 1), (plain.ExitCode, secure.ExitCode));
        StringAssert.Contains(plain.Error, "Check that the broker accepts MQTT without TLS at that port (mqtts:// connects with TLS)");
        StringAssert.Contains(secure.Error, "Check that the broker accepts MQTT over TLS at that port");
    }

    [TestMethod]
    [DataRow("mqtt://127.0.0.1", "--ca", "x.pem", "--ca needs a broker with TLS")]
    [DataRow("mqtts://127.0.0.1", "--ca", "missing.pem", "there is no file missing.pem")]
    [DataRow("mqtts://127.0.0.1", "--ca", "/", "/ is a directory, not a file")]
    [DataRow("mqtts://127.0.0.1", "--cert", "", "the name of a file is empty")]
    [DataRow("mqtts://127.0.0.1", "--key", "x.pem", "needs its certificate")]
    public async Task Wrong_file_is_a_wrong_argument(string url, string option, string value, string reason)
    {
        Ran ran = await Tool.RunAsync(null, "devices", "--broker", url, option, value);
        Assert.AreEqual(2, ran.ExitCode);
        StringAssert.Contains(ran.Error, reason);
    }

    [TestMethod]
    public async Task Key_of_another_certificate_is_a_wrong_argument()
    {
        using var certificates = new TestCertificates();
        string bob = certificates.Client("bob");
        Ran ran = await Tool.RunAsync(null, "devices", "--broker", "mqtts://127.0.0.1", "--cert", certificates.Client("alice"), "--key", bob);
        Assert.AreEqual(2, ran.ExitCode);
        StringAssert.Contains(ran.Error, "is not the key of the certificate");
    }

    private static async Task<MosquittoBroker> StartAsync(MosquittoTls tls)
    {
        Brokers.Require(MosquittoBroker.Executable, "mosquitto");
        var broker = new MosquittoBroker { Tls = tls };
        await broker.StartAsync();
        return broker;
    }

    private static Dictionary<string, string> Variables(string broker, string ca, string own) => new() { ["M2M_BROKER"] = broker, ["M2M_CA"] = ca, ["M2M_CERT"] = own };

    private static async Task ExpectAsync(MosquittoBroker broker, string reason, params string[] options)
    {
        Ran ran = await Tool.RunAsync(null, ["devices", "--broker", broker.SecureUrl, .. options]);
        Assert.AreEqual(1, ran.ExitCode);
        StringAssert.Contains(ran.Error, reason);
    }
}
