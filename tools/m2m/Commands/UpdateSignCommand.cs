using System.CommandLine;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Files;
using M2m.Updates;
using M2m.View;

namespace M2m.Commands;

internal static class UpdateSignCommand
{
    public static Command Create(Func<ParseResult, Invocation> read)
    {
        var command = new Command("sign", "Signs a manifest: writes FILE.sig, as openssl dgst -sha256 -sign KEY.pem would");
        var file = new Argument<string>("FILE.json") { HelpName = "FILE.json", Description = "The manifest; a bundle in the same folder is verified first" };
        var key = new Option<string>("--key") { HelpName = "KEY.pem", Required = true, Description = "The private key, in PEM" };
        command.Arguments.Add(file);
        command.Options.Add(key);
        command.SetAction((result, _) =>
        {
            Run(read(result), result.GetValue(file)!, result.GetValue(key)!);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Run(Invocation invocation, string file, string keyFile)
    {
        if (Path.GetExtension(file) != ReleaseCheck.ManifestEnd)
        {
            throw new UsageException($"the manifest is signed, a file that ends with {ReleaseCheck.ManifestEnd}, not '{file}'");
        }

        using SigningKey key = SigningKey.Load(keyFile, isPrivate: true);
        byte[] bytes = SmallFile.Read(file, Manifest.MaxBytes);
        Manifest manifest = ManifestReader.Read(bytes);
        string bundle = Path.ChangeExtension(file, ReleaseCheck.BundleEnd);
        string signature = Path.ChangeExtension(file, ReleaseCheck.SignatureEnd);
        if (File.Exists(bundle))
        {
            byte[] content = SmallFile.Read(bundle, Bundle.MaxSize);
            if (content.Length != manifest.Size || !Blocks.Digests(content).AsSpan().SequenceEqual(manifest.Digests))
            {
                throw new FailedException($"{bundle} is not what the manifest says: nothing is signed. m2m update inspect {file} shows more; m2m update pack makes both again.");
            }
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(keyFile) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
        {
            Output.Note($"m2m: {keyFile} can be read by others: chmod 600 {keyFile}");
        }

        SmallFile.Replace(signature, key.Sign(bytes));
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("signature", signature);
                writer.WriteString("board", manifest.Board);
                writer.WriteString("version", manifest.Version.ToString());
                writer.WriteNumber("bits", key.Bits);
                writer.WriteEndObject();
            });
            return;
        }

        Output.Note($"m2m: wrote {signature}: {manifest.Board} {manifest.Version}, signed with {key.Bits} bits. Next: m2m update push DEVICE {file}");
    }
}
