using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Files;
using M2m.Client.Updates;
using M2m.Updates;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class UpdatePackCommand
{
    private const int MaxLoader = 255;

    public static Command Create(Func<ParseResult, Invocation> read)
    {
        var command = new Command("pack", "Makes BOARD-VERSION.bundle and .json (the manifest) from build outputs; m2m update sign is next");
        var files = new Argument<string[]>("FILE") { HelpName = "FILE", Arity = ArgumentArity.OneOrMore, Description = "The assemblies in load order, what others refer to first: .pe files for a device, .dll files for the simulator" };
        var board = new Option<string>("--board") { HelpName = "BOARD", Required = true, Description = "The board: the name of its folder, as m2m request DEVICE info returns it" };
        var version = new Option<string>("--version") { HelpName = "X.Y.Z", Required = true, Description = "Version of the release and, as X.Y.Z.0, of its assemblies; X.Y must not be that of the built-in application" };
        var entry = new Option<string?>("--entry") { HelpName = "TYPE", Description = "Full name of the class whose Run() is called [default: Application of the last assembly]" };
        Option<long?> loader = WholeNumber.Option("--loader", "Least number of the loader's contract [default: 1]", 1, MaxLoader);
        var runtime = new Option<string?>("--runtime") { HelpName = "V", Description = "Least version of the runtime [default: any]" };
        var notes = new Option<string?>("--notes") { HelpName = "TEXT", Description = $"For people, at most {Manifest.MaxNotes} characters" };
        var downgrade = new Option<bool>("--allow-downgrade") { Description = "Lets devices go back to this version from a newer one" };
        var library = new Option<string[]>("--library") { HelpName = "NAME", Description = "This assembly keeps a version of its own; may be given several times" };
        var folder = new Option<string?>("--out") { HelpName = "DIR", Description = "Where the files are written; created if it is not there [default: here]" };
        command.Arguments.Add(files);
        Array.ForEach<Option>([board, version, entry, loader, runtime, notes, downgrade, library, folder], command.Options.Add);
        command.SetAction((result, _) =>
        {
            PackOptions options = Check(result.GetValue(board)!, result.GetValue(version)!) with
            {
                Entry = result.GetValue(entry),
                Loader = (int)(result.GetValue(loader) ?? 1),
                Runtime = result.GetValue(runtime) ?? PackOptions.AnyRuntime,
                Notes = result.GetValue(notes),
                AllowDowngrade = result.GetValue(downgrade),
                Libraries = result.GetValue(library) ?? [],
            };
            return RunAsync(read(result), Check(options), result.GetValue(files)!, result.GetValue(folder) ?? string.Empty);
        });
        return command;
    }

    private static PackOptions Check(string board, string version)
    {
        if (!Names.IsBoard(board))
        {
            throw new UsageException($"--board must be {Names.BoardRule}, not '{board}'");
        }

        return ReleaseVersion.TryParse(version, out ReleaseVersion parsed) ? new PackOptions(board, parsed) : throw new UsageException($"--version must be {ReleaseVersion.Rule}, not '{version}'");
    }

    private static PackOptions Check(PackOptions options)
    {
        if (!ReleaseVersion.IsRuntime(options.Runtime))
        {
            throw new UsageException($"--runtime must be x.y.z or x.y.z.w, not '{options.Runtime}'");
        }

        return options.Notes is null || Manifest.IsNotes(options.Notes) ? options : throw new UsageException($"--notes must be one line of at most {Manifest.MaxNotes} characters");
    }

    private static async Task<int> RunAsync(Invocation invocation, PackOptions options, string[] files, string folder)
    {
        (byte[] bytes, Manifest manifest) = await Output.WaitAsync("packing", tell => Task.Run(() =>
        {
            var assemblies = new List<CodeAssembly>();
            foreach (string file in files)
            {
                tell($"reading {file}");
                assemblies.Add(CodeAssembly.Load(file));
            }

            tell($"computing {assemblies.Sum(assembly => assembly.Bytes.Length) / Blocks.Size + 1} digests");
            return Packer.Pack(options, assemblies);
        })).ConfigureAwait(false);
        string name = Path.Combine(folder, manifest.FileName);
        byte[] text = manifest.ToBytes();
        Write((name + ReleaseCheck.BundleEnd, bytes), (name + ReleaseCheck.ManifestEnd, text));
        Bundle bundle = Bundle.Read(bytes);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer => Write(writer, name, manifest, bundle));
            return 0;
        }

        invocation.Output.Table(["Assembly", "Version", "Bytes"], bundle.Parts.Select(part => (IReadOnlyList<(string, Style)>)
        [
            (part.Name, Style.Plain), (part.Version.ToString(), Style.Plain), (part.Length.ToString(CultureInfo.InvariantCulture), Style.Plain),
        ]));
        Output.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"m2m: wrote {name}.bundle ({bytes.Length} of {Bundle.MaxSize} bytes, {manifest.BlockCount} blocks, starts {bundle.Entry}) and {name}.json. Next: m2m update sign --key KEY.pem {name}.json"));
        return 0;
    }

    // Two releases with the same version and other content cannot be distinguished; a device may have half of one.
    private static void Write(params (string Path, byte[] Bytes)[] files)
    {
        foreach ((string path, byte[] bytes) in files)
        {
            if (File.Exists(path) && !SmallFile.Read(path, 2 * Bundle.MaxSize).AsSpan().SequenceEqual(bytes))
            {
                throw new FailedException($"{path} exists already with other content: give the release a new --version, or take the old files (.bundle, .json, .sig) away if no device has seen them");
            }
        }

        if (Path.GetDirectoryName(Path.GetFullPath(files[0].Path)) is { } folder)
        {
            SmallFile.CreateFolder(folder, isSecret: false);
        }

        Array.ForEach(files, file => SmallFile.Replace(file.Path, file.Bytes));
    }

    private static void Write(Utf8JsonWriter writer, string name, Manifest manifest, Bundle bundle)
    {
        writer.WriteStartObject();
        writer.WriteString("bundle", name + ReleaseCheck.BundleEnd);
        writer.WriteString("manifest", name + ReleaseCheck.ManifestEnd);
        UpdateInspectCommand.WriteManifest(writer, manifest);
        UpdateInspectCommand.WriteBundle(writer, bundle);
        writer.WriteEndObject();
    }
}
