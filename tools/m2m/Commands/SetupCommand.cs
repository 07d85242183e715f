using System.CommandLine;
using M2m.Arguments;
using M2m.Client;
using M2m.Client.Files;
using M2m.Setup;
using M2m.View;

namespace M2m.Commands;

internal static class SetupCommand
{
    public static Command Create(GlobalOptions globals, Interruption interruption)
    {
        var command = new Command(
            "setup",
            "Prepares a board that is on a cable: writes settings.json, the credentials and the deploy file into a directory, and prints the nanoff commands that bring them onto it. "
                + "--broker is that of the device, and with mqtts --ca, --cert and --key what the device trusts and shows; M2M_BROKER and the other variables are not used. What is missing is asked for");
        var board = new Option<string?>("--board") { HelpName = "BOARD", Description = "Folder of boards/: " + string.Join(", ", SetupBoard.All.Select(one => one.Name)) };
        var target = new Option<string?>("--target") { HelpName = "TARGET", Description = "nanoFramework's target [default: that of the board]" };
        var port = new Option<string?>("--serial-port") { HelpName = "PORT", Description = "COM3, /dev/ttyUSB0, ...: nanoff lists them" };
        var ssid = new Option<string?>("--ssid") { HelpName = "SSID", Description = "Name of the Wi-Fi network" };
        var wifiPassword = new Option<string?>("--wifi-password-file") { HelpName = "FILE", Description = "Its password, the first line of a file, or of standard input with -" };
        var isOpen = new Option<bool>("--open") { Description = "It has no password" };
        var hasNoWifi = new Option<bool>("--no-wifi") { Description = "Name no network: that which is stored in the chip, or the set-up page" };
        var brokerPassword = new Option<string?>("--broker-password-file") { HelpName = "FILE", Description = "Password of the user in --broker, as above" };
        var file = new Option<string?>("--file") { HelpName = "FILE", Description = "More settings: a JSON object, of keys and values or nested as settings.json" };
        var image = new Option<string?>("--image") { HelpName = "FILE", Description = "The program [default: that of a build in boards/BOARD/bin]" };
        var isFilesOnly = new Option<bool>("--files-only") { Description = "Only the files: the board has its runtime and its program" };
        var folder = new Option<string?>("--out") { HelpName = "DIR", Description = "Where to; created if it is not there [default: setup]" };
        var isForced = new Option<bool>("--force") { Description = "Replace what is there" };
        var isRun = new Option<bool>("--run") { Description = "Run the commands" };
        var pairs = new Argument<string[]>("KEY=VALUE") { HelpName = "KEY=VALUE", Arity = ArgumentArity.ZeroOrMore, Description = "More settings, as in m2m settings DEVICE set" };
        command.Arguments.Add(pairs);
        Array.ForEach<Option>([board, target, port, ssid, wifiPassword, isOpen, hasNoWifi, brokerPassword, file, image, isFilesOnly, folder, isForced, isRun], command.Options.Add);
        command.SetAction((result, _) =>
        {
            var wishes = new SetupWishes
            {
                Board = result.GetValue(board),
                Target = result.GetValue(target),
                Port = result.GetValue(port),
                Ssid = result.GetValue(ssid),
                WifiPasswordFile = result.GetValue(wifiPassword),
                IsOpen = result.GetValue(isOpen),
                HasNoWifi = result.GetValue(hasNoWifi),
                Broker = globals.GivenBroker(result),
                BrokerPasswordFile = result.GetValue(brokerPassword),
                Ca = globals.GivenCa(result),
                Certificate = globals.GivenCertificate(result),
                Key = globals.GivenKey(result),
                Prefix = globals.GivenPrefix(result),
                File = result.GetValue(file),
                Pairs = KeyValue.ParseAll(result.GetValue(pairs) ?? []),
                Image = result.GetValue(image),
                IsFilesOnly = result.GetValue(isFilesOnly),
                Folder = Path.GetFullPath(result.GetValue(folder) ?? "setup"),
                IsForced = result.GetValue(isForced),
            };
            return RunAsync(wishes, new Output(globals.IsJson(result)), result.GetValue(isRun), interruption.Token);
        });
        return command;
    }

    private static async Task<int> RunAsync(SetupWishes wishes, Output output, bool isRun, CancellationToken cancel)
    {
        Nanoff nanoff = await Nanoff.FindAsync(cancel).ConfigureAwait(false);
        if (nanoff.Version is null && isRun)
        {
            throw new FailedException($"nanoff is not installed: {Nanoff.Install}");
        }

        SetupPlan plan = await new SetupPlanner(wishes, new SetupQuestions(cancel)).MakeAsync().ConfigureAwait(false);
        string[] paths = Write(plan, wishes);
        string[][] commands = Commands(nanoff, plan, wishes);
        Show(output, nanoff, paths, commands);
        if (plan.Image is null && !wishes.IsFilesOnly)
        {
            Output.Note($"m2m: the program is not among the commands: build boards/{plan.Board!.Name}, or give --image");
        }

        if (!isRun)
        {
            return 0;
        }

        foreach (string[] command in commands)
        {
            Output.Note("m2m: running " + Nanoff.Quote(command));
            await Nanoff.RunAsync(command, cancel).ConfigureAwait(false);
        }

        Output.Note($"m2m: done. The device takes the settings at its next start; {wishes.Folder} holds its secrets: delete it, or keep it safe");
        return 0;
    }

    private static string[] Write(SetupPlan plan, SetupWishes wishes)
    {
        (string Path, byte[] Content)[] files = [.. plan.Files.Select(file => (Path.Combine(wishes.Folder, file.Name), file.Content))];
        string deploy = Path.Combine(wishes.Folder, SetupPlan.DeployFile);
        files = [.. files, (deploy, SetupPlan.ToDeployFile(files.Select(file => file.Path)))];
        if (!wishes.IsForced && files.Select(file => file.Path).FirstOrDefault(File.Exists) is { } existing)
        {
            throw new FailedException($"{existing} exists already: --force replaces it, --out names another directory");
        }

        SmallFile.CreateFolder(wishes.Folder, isSecret: true);
        foreach ((string path, byte[] content) in files)
        {
            // A new file, so that its mode is right.
            SmallFile.Delete(path);
            SmallFile.Create(path, content, isSecret: true);
        }

        return [.. files.Select(file => file.Path)];
    }

    // The settings before the program: its first start finds them.
    private static string[][] Commands(Nanoff nanoff, SetupPlan plan, SetupWishes wishes)
    {
        string[] files = nanoff.Files(Path.Combine(wishes.Folder, SetupPlan.DeployFile), plan.Port);
        if (wishes.IsFilesOnly)
        {
            return [files];
        }

        string[] runtime = nanoff.Runtime(plan.Target!, plan.Port);
        return plan.Image is null ? [runtime, files] : [runtime, files, nanoff.Program(plan.Target!, Path.GetFullPath(plan.Image), plan.Port)];
    }

    private static void Show(Output output, Nanoff nanoff, string[] files, string[][] commands)
    {
        if (output.IsJson)
        {
            output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("files");
                Array.ForEach(files, writer.WriteStringValue);
                writer.WriteEndArray();
                writer.WriteString("nanoff", nanoff.Version);
                writer.WriteStartArray("commands");
                foreach (string[] command in commands)
                {
                    writer.WriteStartArray();
                    Array.ForEach(command, writer.WriteStringValue);
                    writer.WriteEndArray();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        Array.ForEach(files, file => Output.Note("m2m: wrote " + file));
        Output.Note(nanoff.Version is { } version
            ? $"m2m: with nanoff {version}:"
            : $"m2m: nanoff is not installed: {Nanoff.Install}. With 2.5, then:");
        Array.ForEach(commands, command => output.Line(Nanoff.Quote(command)));
    }
}
