using System.CommandLine;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Files;
using M2m.Updates;
using M2m.View;

namespace M2m.Commands;

internal static class UpdateKeygenCommand
{
    public static Command Create(Func<ParseResult, Invocation> read)
    {
        var command = new Command("keygen", "Makes a key pair: NAME.pem signs (keep it secret, and a copy of it safe), NAME.pub.pem verifies; prints the line for the boards' UpdateKeys");
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "Path of the files, without .pem" };
        Option<long?> bits = WholeNumber.Option("--bits", "2048, or 3072, which takes a device twice as long to verify [default: 2048]", SigningKey.Sizes[0], SigningKey.Sizes[^1]);
        command.Arguments.Add(name);
        command.Options.Add(bits);
        command.SetAction((result, _) => RunAsync(read(result), result.GetValue(name)!, (int)(result.GetValue(bits) ?? SigningKey.Sizes[0])));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string name, int bits)
    {
        if (!SigningKey.Sizes.Contains(bits))
        {
            throw new UsageException($"--bits must be {string.Join(" or ", SigningKey.Sizes)}");
        }

        string secret = name + ".pem";
        string open = name + ".pub.pem";
        if (new[] { secret, open }.FirstOrDefault(File.Exists) is { } existing)
        {
            throw new FailedException($"{existing} exists already, and a key is never overwritten: give another name");
        }

        using SigningKey key = await Output.WaitAsync($"making a key of {bits} bits", _ => Task.Run(() => SigningKey.Create(bits))).ConfigureAwait(false);
        SmallFile.Create(secret, key.PrivatePem(), isSecret: true);
        SmallFile.Create(open, key.PublicPem(), isSecret: false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("privateKey", secret);
                writer.WriteString("publicKey", open);
                writer.WriteNumber("bits", key.Bits);
                writer.WriteString("modulus", Convert.ToBase64String(key.Modulus));
                writer.WriteNumber("exponent", key.Exponent);
                writer.WriteString("code", key.Code);
                writer.WriteEndObject();
            });
            return 0;
        }

        Output.Note($"m2m: {secret} signs: keep it secret, and a copy of it safe. {open} verifies. The board's UpdateKeys:");
        invocation.Output.Line(key.Code);
        return 0;
    }
}
