using System.CommandLine;
using System.Text.Json;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Certificates;
using M2m.Devices;
using M2m.Enrollment;
using M2m.Setup;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class EnrollCommand
{
    private const int DefaultAtOnce = 32;
    private const int MaxAtOnce = 500;
    private const int DefaultRetry = 10;
    private const int MaxRetry = 3600;

    // A trial takes 120 s; then the device goes back and connects again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);

    public static Command Create(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("enroll", "Takes new devices on that announce themselves with bootstrap settings: a certificate of your own authority, settings, a site");
        command.Subcommands.Add(CreateServe(read));
        command.Subcommands.Add(CreateList(read));
        command.Subcommands.Add(CreateApprove(arguments, read));
        return command;
    }

    private static Command CreateServe(Func<ParseResult, Invocation> read)
    {
        var command = new Command("serve", "Enrolls devices by the rules of a file, until Ctrl+C; on a terminal a live table, in which y and n decide. It may be killed and started again at any time");
        Argument<string> rules = Rules();
        Option<string?> log = Log();
        var isByHand = new Option<bool>("--by-hand") { Description = "Ask for each device, as rules with \"approve\":\"ask\" do" };
        Option<long?> atOnce = WholeNumber.Option("--at-once", $"Devices that are worked on at the same time [default: {DefaultAtOnce}]", 1, MaxAtOnce);
        Option<long?> retry = WholeNumber.Option("--retry", $"Seconds after which a device that failed is tried again; they double up to an hour [default: {DefaultRetry}]", 1, MaxRetry);
        command.Arguments.Add(rules);
        Array.ForEach<Option>([log, isByHand, atOnce, retry], command.Options.Add);
        command.SetAction((result, _) => ServeAsync(
            read(result), result.GetValue(rules)!, result.GetValue(log), result.GetValue(isByHand), (int)(result.GetValue(atOnce) ?? DefaultAtOnce), TimeSpan.FromSeconds(result.GetValue(retry) ?? DefaultRetry)));
        return command;
    }

    private static Command CreateList(Func<ParseResult, Invocation> read)
    {
        var command = new Command("list", "Lists the devices that wait to be enrolled, and what the rules say of each");
        Argument<string> rules = Rules();
        Option<string?> log = Log();
        command.Arguments.Add(rules);
        command.Options.Add(log);
        command.SetAction((result, _) => ListAsync(read(result), result.GetValue(rules)!, result.GetValue(log)));
        return command;
    }

    private static Command CreateApprove(DeviceArguments arguments, Func<ParseResult, Invocation> read)
    {
        var command = new Command("approve", "Enrolls one device that waits for an operator, and waits for its end");
        Argument<string> device = arguments.Device();
        device.Description = "Id of the device: m2m enroll list shows those that wait";
        Argument<string> rules = Rules();
        Option<string?> log = Log();
        command.Arguments.Add(device);
        command.Arguments.Add(rules);
        command.Options.Add(log);
        command.SetAction((result, _) => ApproveAsync(read(result), result.GetValue(device)!, result.GetValue(rules)!, result.GetValue(log)));
        return command;
    }

    private static Argument<string> Rules() => new("RULES") { HelpName = "RULES", Description = "A JSON file: see firmware/docs/enroll.md" };

    private static Option<string?> Log() => new("--log") { HelpName = "FILE", Description = "Keep a line for each certificate issued and each device enrolled; a device that it has as enrolled is asked for" };

    private static async Task<int> ServeAsync(Invocation invocation, string rulesFile, string? logFile, bool isByHand, int atOnce, TimeSpan retry)
    {
        EnrollmentRules rules = EnrollmentRulesReader.Read(rulesFile);
        WarnOfSettings(rules);
        EnrollmentLog log = EnrollmentLog.Open(logFile);
        using CertificateAuthority authority = Load(invocation, rules);
        var book = new EnrollmentBook(rules, log) { IsByHand = isByHand, Pause = retry };
        var report = new EnrollmentReport(invocation, rules, book);
        book.Changed = report.Changed;
        await using EnrollmentLink link = await EnrollmentLink.OpenAsync(invocation, rules, book.Take).ConfigureAwait(false);
        link.Watch.Changed = report.Trouble;
        await link.SettleAsync().ConfigureAwait(false);
        if (!report.IsLive)
        {
            Output.Note($"m2m: ready: waiting for devices under {rules.Prefix}, until Ctrl+C");
        }

        var server = new EnrollmentServer(book, new EnrollmentWork(rules, link, log, authority), atOnce);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(invocation.Cancel);
        Task[] both = [server.RunAsync(over.Token), report.RunAsync(over.Token)];
        try
        {
            // The reader of the output may close it: nobody would see then what is done.
            await (await Task.WhenAny(both).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Ctrl+C is the normal end.
        return 0;
    }

    // The devices decide, since their firmware may be another: but they say it only once they are approved.
    private static void WarnOfSettings(EnrollmentRules rules)
    {
        var known = new FirmwareSettings();
        SettingsSchema schema = known.Schema;
        foreach (EnrollmentRule rule in rules.Rules)
        {
            var children = new ChildSettings();
            children.Apply(rule.Settings);
            IEnumerable<string> unknown = rule.Settings.Select(setting => setting.Key).Where(key => schema.Find(key) is null).Select(key => schema.Unknown(key).Message);
            IEnumerable<string> wrong = rule.Settings.Select(setting => (setting.Key, Fault: known.ChildFault(setting.Key, setting.Value))).Where(one => one.Fault is not null).Select(one => $"{one.Key}: {one.Fault}");
            foreach (string warning in unknown.Concat(wrong).Concat(children.Ignored(rule.Settings)))
            {
                Output.Note($"m2m: warning: rules[{rule.Number - 1}].settings: {warning}");
            }
        }
    }

    private static async Task<int> ListAsync(Invocation invocation, string rulesFile, string? logFile)
    {
        EnrollmentRules rules = EnrollmentRulesReader.Read(rulesFile);
        WarnOfSettings(rules);
        var book = new EnrollmentBook(rules, EnrollmentLog.Open(logFile));
        await using (EnrollmentLink link = await EnrollmentLink.OpenAsync(invocation, rules, book.Take).ConfigureAwait(false))
        {
            await link.SettleAsync().ConfigureAwait(false);
        }

        book.Begin(0);
        Applicant[] all = [.. book.All.OrderBy(one => one.Id, StringComparer.Ordinal)];
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer => Write(writer, all, rules));
        }
        else if (all.Length == 0)
        {
            Output.Note($"m2m: no device waits under '{rules.Prefix}' at {invocation.Broker}");
        }
        else
        {
            invocation.Output.Table(["Device", "State", "Rule", "Site", "Reason"], all.Select(one => (IReadOnlyList<(string, Style)>)
            [
                (one.Id, Style.Plain),
                (EnrollmentReport.Word(one.Stage), EnrollmentReport.StyleOf(one.Stage)),
                (rules.Find(one.Id) is { } rule ? FormattableString.Invariant($"{rule.Number}") : "-", Style.Plain),
                (one.Site.Length > 0 ? one.Site : "-", Style.Plain),
                (one.Text.Length > 0 ? one.Text : "-", Style.Plain),
            ]));
        }

        return 0;
    }

    private static void Write(Utf8JsonWriter writer, Applicant[] all, EnrollmentRules rules)
    {
        writer.WriteStartArray();
        foreach (Applicant one in all)
        {
            writer.WriteStartObject();
            EnrollmentReport.Write(writer, one);
            if (rules.Find(one.Id) is { } rule)
            {
                writer.WriteNumber("rule", rule.Number);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static async Task<int> ApproveAsync(Invocation invocation, string device, string rulesFile, string? logFile)
    {
        EnrollmentRules rules = EnrollmentRulesReader.Read(rulesFile);
        EnrollmentLog log = EnrollmentLog.Open(logFile);
        using CertificateAuthority authority = Load(invocation, rules);
        var book = new EnrollmentBook(rules, log) { Only = device };
        await using EnrollmentLink link = await EnrollmentLink.OpenAsync(invocation, rules, book.Take).ConfigureAwait(false);
        await link.SettleAsync().ConfigureAwait(false);
        if (!book.Decide(device, isApproved: true))
        {
            throw new FailedException($"no device '{device}' waits under '{rules.Prefix}' at {invocation.Broker}: m2m enroll list shows those that do");
        }

        var server = new EnrollmentServer(book, new EnrollmentWork(rules, link, log, authority), 1);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(invocation.Cancel);
        limit.CancelAfter(invocation.IsTimeoutGiven && invocation.Timeout > Patience ? invocation.Timeout : Patience);
        Applicant applicant = book.Of(device)!;
        await Output.WaitAsync($"enrolling {device}", async _ =>
        {
            await server.RunAsync(limit.Token, () => IsOver(book, applicant)).ConfigureAwait(false);
            return 0;
        }).ConfigureAwait(false);
        invocation.Cancel.ThrowIfCancellationRequested();
        return Conclude(invocation, applicant);
    }

    private static bool IsOver(EnrollmentBook book, Applicant applicant)
    {
        lock (book.Gate)
        {
            return applicant.Stage is Stage.Enrolled or Stage.Failed or Stage.Refused or Stage.Conflict;
        }
    }

    private static int Conclude(Invocation invocation, Applicant applicant)
    {
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer =>
            {
                writer.WriteStartObject();
                EnrollmentReport.Write(writer, applicant);
                writer.WriteEndObject();
            });
        }

        if (applicant.Stage != Stage.Enrolled)
        {
            string state = applicant.Stage == Stage.Trial ? "it is on trial, and was not seen since" : EnrollmentReport.Word(applicant.Stage);
            throw new FailedException($"{applicant.Id} is not enrolled: {(applicant.Text.Length > 0 ? applicant.Text : state)}");
        }

        if (!invocation.Output.IsJson)
        {
            invocation.Output.Line($"{applicant.Id} is enrolled in {applicant.Site}");
        }

        return 0;
    }

    // The private key of a device goes to the broker.
    private static CertificateAuthority Load(Invocation invocation, EnrollmentRules rules) => invocation.Broker.IsSecure || invocation.Broker.IsLoopback
        ? CaCommand.Load(rules.Authority)
        : throw new UsageException($"{invocation.Broker} is without TLS: private keys of devices must not go there in the clear. Give --broker mqtts://...");
}
