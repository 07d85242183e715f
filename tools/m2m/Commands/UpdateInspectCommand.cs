using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using M2m.Updates;
using M2m.View;
using Spectre.Console;

namespace M2m.Commands;

internal static class UpdateInspectCommand
{
    public static Command Create(Func<ParseResult, Invocation> read)
    {
        var command = new Command("inspect", "Shows what is in a release, and verifies its digests and its signature; 1 when anything is wrong");
        var file = new Argument<string>("FILE") { HelpName = "FILE", Description = "The release's .json, .bundle or .sig; the others are searched in the same folder" };
        Option<string?> key = UpdateCommand.Key("The public key that must verify the signature");
        command.Arguments.Add(file);
        command.Options.Add(key);
        command.SetAction((result, _) => Task.FromResult(Run(read(result), result.GetValue(file)!, result.GetValue(key))));
        return command;
    }

    public static void WriteManifest(Utf8JsonWriter writer, Manifest manifest)
    {
        writer.WriteString("board", manifest.Board);
        writer.WriteString("version", manifest.Version.ToString());
        writer.WriteNumber("loader", manifest.Loader);
        writer.WriteString("runtime", manifest.Runtime);
        writer.WriteNumber("size", manifest.Size);
        writer.WriteNumber("blocks", manifest.BlockCount);
        writer.WriteBoolean("allowDowngrade", manifest.AllowDowngrade);
        if (manifest.Notes is not null)
        {
            writer.WriteString("notes", manifest.Notes);
        }
    }

    public static void WriteBundle(Utf8JsonWriter writer, Bundle bundle)
    {
        writer.WriteString("entry", bundle.Entry);
        writer.WriteStartArray("assemblies");
        foreach (Bundle.Part part in bundle.Parts)
        {
            writer.WriteStartObject();
            writer.WriteString("name", part.Name);
            writer.WriteString("version", part.Version.ToString());
            writer.WriteNumber("size", part.Length);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static int Run(Invocation invocation, string file, string? keyFile)
    {
        using SigningKey? key = UpdateCommand.LoadKey(keyFile);
        ReleaseCheck check = ReleaseCheck.Of(file, key);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer => Write(writer, check));
        }
        else
        {
            Show(invocation.Output, check);
        }

        foreach (string problem in check.Problems)
        {
            Output.Note("m2m: " + problem);
        }

        return check.Problems.Count == 0 ? 0 : 1;
    }

    private static void Write(Utf8JsonWriter writer, ReleaseCheck check)
    {
        writer.WriteStartObject();
        if (check.Manifest is { } manifest)
        {
            WriteManifest(writer, manifest);
        }

        if (check.Bundle is { } bundle)
        {
            WriteBundle(writer, bundle);
        }

        writer.WriteString("signature", SignatureState(check));
        writer.WriteStartArray("problems");
        foreach (string problem in check.Problems)
        {
            writer.WriteStringValue(problem);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Show(Output output, ReleaseCheck check)
    {
        var rows = new List<(string Name, string Value)>();
        if (check.Manifest is { } manifest)
        {
            rows.AddRange(
            [
                ("board", manifest.Board),
                ("version", manifest.Version.ToString()),
                ("loader", string.Create(CultureInfo.InvariantCulture, $"{manifest.Loader} or newer")),
                ("runtime", manifest.Runtime == PackOptions.AnyRuntime ? "any" : $"{manifest.Runtime} or newer"),
                ("size", string.Create(CultureInfo.InvariantCulture, $"{manifest.Size} bytes, {manifest.BlockCount} blocks")),
                ("downgrade", manifest.AllowDowngrade ? "allowed" : "no"),
                ("notes", manifest.Notes ?? "-"),
            ]);
        }

        if (check.Bundle is { } bundle)
        {
            rows.Add(("entry", bundle.Entry));
            rows.AddRange(bundle.Parts.Select(part => ("assembly", string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Version}, {part.Length} bytes"))));
        }

        rows.Add(("signature", SignatureState(check)));
        rows.Add(("verdict", check.Problems.Count == 0 ? "whole" : "WRONG"));
        output.Table(["Part", "Content"], rows.Select(row => (IReadOnlyList<(string, Style)>)[(row.Name, Color.Grey), (row.Value, row.Value == "WRONG" ? Color.Red : Style.Plain)]));
    }

    private static string SignatureState(ReleaseCheck check) => check switch
    {
        { IsSignatureRight: true } => "right",
        { IsSignatureRight: false } => "wrong",
        { Signature: not null } => "unverified",
        _ => "none",
    };
}
