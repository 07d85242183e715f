using System.CommandLine;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Certificates;
using M2m.Client.Files;
using M2m.View;

namespace M2m.Commands;

internal static class CaCommand
{
    private const int MaxFile = 64 * 1024;
    private const int MaxDays = 36_500;
    private const int DefaultDays = 730;
    private const string CertificateFile = "ca.pem";
    private const string KeyFile = "ca.key";

    public static Command Create(Func<ParseResult, Invocation> read)
    {
        var command = new Command("ca", "An authority of your own for TLS: new once; then issue a certificate for each broker, device and operator");
        command.Subcommands.Add(CreateNew(read));
        command.Subcommands.Add(CreateIssue(read));
        return command;
    }

    private static Command CreateNew(Func<ParseResult, Invocation> read)
    {
        var command = new Command("new", $"Makes an authority: DIR/{CertificateFile}, which brokers and devices trust, and DIR/{KeyFile}, which signs (keep it secret, and a copy of it safe)");
        var folder = new Argument<string>("DIR") { HelpName = "DIR", Arity = ArgumentArity.ZeroOrOne, Description = "Where to; created if it is not there [default: ca]", DefaultValueFactory = _ => "ca" };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "Its name [default: m2m CA]" };
        Option<long?> days = Days(CertificateAuthority.DefaultDays);
        command.Arguments.Add(folder);
        command.Options.Add(name);
        command.Options.Add(days);
        command.SetAction((result, _) => Task.FromResult(New(
            read(result), result.GetValue(folder)!, result.GetValue(name) ?? "m2m CA", TimeSpan.FromDays(result.GetValue(days) ?? CertificateAuthority.DefaultDays))));
        return command;
    }

    private static Command CreateIssue(Func<ParseResult, Invocation> read)
    {
        var command = new Command("issue", "Issues a certificate and its key in one file, NAME.pem: for a device or an operator, or with --host for a server. A broker can take NAME for the user");
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Id of the device, or the user's or server's name" };
        name.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !Names.IsName(result.Tokens[0].Value))
            {
                result.AddError($"a name is {Names.Rule}, not '{result.Tokens[0].Value}'");
            }
        });
        var hosts = new Option<string[]>("--host") { HelpName = "HOST", Description = "A name or address under which clients know the server; may be repeated" };
        var authority = new Option<string?>("--authority") { HelpName = "DIR", Description = $"Directory of {CertificateFile} and {KeyFile} [default: ca]" };
        var folder = new Option<string?>("--out") { HelpName = "DIR", Description = "Where to; created if it is not there [default: the directory of the authority]" };
        Option<long?> days = Days(DefaultDays);
        command.Arguments.Add(name);
        Array.ForEach<Option>([hosts, authority, folder, days], command.Options.Add);
        command.SetAction((result, _) =>
        {
            string ca = result.GetValue(authority) ?? "ca";
            return Task.FromResult(Issue(
                read(result), ca, result.GetValue(folder) ?? ca, result.GetValue(name)!, result.GetValue(hosts) ?? [], TimeSpan.FromDays(result.GetValue(days) ?? DefaultDays)));
        });
        return command;
    }

    private static Option<long?> Days(int standard) => WholeNumber.Option("--days", $"Days of validity [default: {standard}]", 1, MaxDays);

    private static int New(Invocation invocation, string folder, string name, TimeSpan validity)
    {
        string certificate = Path.Combine(folder, CertificateFile);
        string key = Path.Combine(folder, KeyFile);
        if (new[] { certificate, key }.FirstOrDefault(File.Exists) is { } existing)
        {
            throw new FailedException($"{existing} exists already, and an authority is never overwritten: give another directory");
        }

        SmallFile.CreateFolder(folder, isSecret: false);
        using CertificateAuthority authority = CertificateAuthority.Create(name, DateTimeOffset.UtcNow, validity);
        SmallFile.Create(key, System.Text.Encoding.ASCII.GetBytes(authority.KeyPem), isSecret: true);
        SmallFile.Create(certificate, System.Text.Encoding.ASCII.GetBytes(authority.CertificatePem), isSecret: false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("certificate", certificate);
                writer.WriteString("key", key);
                writer.WriteNumber("notAfter", new DateTimeOffset(authority.Certificate.NotAfter).ToUnixTimeSeconds());
                writer.WriteEndObject();
            });
            return 0;
        }

        Output.Note($"m2m: {key} signs: keep it secret, and a copy of it safe. Brokers and devices trust:");
        invocation.Output.Line(certificate);
        return 0;
    }

    private static int Issue(Invocation invocation, string directory, string folder, string name, string[] hosts, TimeSpan validity)
    {
        if (hosts.FirstOrDefault(host => Uri.CheckHostName(host) == UriHostNameType.Unknown) is { } wrong)
        {
            throw new UsageException($"--host must be a name or an address, not '{wrong}'");
        }

        using CertificateAuthority authority = Load(directory);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (authority.Certificate.NotAfter < now)
        {
            throw new FailedException($"the authority in {directory} has expired: m2m ca new makes another one");
        }

        SmallFile.CreateFolder(folder, isSecret: false);
        string path = Path.Combine(folder, name + ".pem");
        IssuedCertificate issued = authority.Issue(name, hosts, now, now + validity);
        SmallFile.Create(path, System.Text.Encoding.ASCII.GetBytes(issued.Pem), isSecret: true);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("file", path);
                writer.WriteString("name", name);
                writer.WriteString("kind", hosts.Length == 0 ? "client" : "server");
                writer.WriteString("serial", Convert.ToHexStringLower(issued.SerialNumber));
                writer.WriteNumber("notAfter", issued.NotAfter.ToUnixTimeSeconds());
                writer.WriteEndObject();
            });
            return 0;
        }

        Output.Note(FormattableString.Invariant($"m2m: certificate and key for {(hosts.Length == 0 ? "the client" : "the server")} {name}, until {issued.NotAfter.UtcDateTime:yyyy-MM-dd}: keep the file secret"));
        invocation.Output.Line(path);
        return 0;
    }

    public static CertificateAuthority Load(string folder)
    {
        string certificate = Path.Combine(folder, CertificateFile);
        string key = Path.Combine(folder, KeyFile);
        return CertificateAuthority.Load(Text(certificate), certificate, Text(key), key);
    }

    private static string Text(string path) => System.Text.Encoding.UTF8.GetString(SmallFile.Read(path, MaxFile));
}
