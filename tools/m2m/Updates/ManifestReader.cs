using System.Globalization;
using System.Text.Json;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.Mqtt;
using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>Reads a manifest as strictly as a device does.</summary>
internal static class ManifestReader
{
    private const int MaxLoader = 255;

    public static Manifest Read(byte[] bytes)
    {
        if (bytes.Length > Manifest.MaxBytes)
        {
            throw Wrong($"it has {bytes.Length} bytes, at most {Manifest.MaxBytes}");
        }

        if (!Json.TryParse(bytes, out JsonElement value) || value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("it is not one JSON object in UTF-8 without members that come twice");
        }

        Require(Json.Text(value, "product") == Manifest.Product, "product", $"\"{Manifest.Product}\"");
        string? board = Json.Text(value, "board");
        Require(Names.IsBoard(board), "board", Names.BoardRule);
        Require(ReleaseVersion.TryParse(Json.Text(value, "version"), out ReleaseVersion version), "version", ReleaseVersion.Rule);
        string? runtime = Json.Text(value, "runtime");
        Require(ReleaseVersion.IsRuntime(runtime), "runtime", "x.y.z or x.y.z.w");
        int size = Number(value, "size", 1, Bundle.MaxSize);
        Number(value, "blockSize", Blocks.Size, Blocks.Size);
        return new Manifest
        {
            Board = board!,
            Version = version,
            Loader = Number(value, "loader", 1, MaxLoader),
            Runtime = runtime!,
            Size = size,
            Digests = Digests(value, Blocks.Count(size) * Blocks.DigestSize),
            Notes = Notes(value),
            AllowDowngrade = IsTrue(value, "allowDowngrade"),
        };
    }

    private static int Number(JsonElement value, string name, int least, int most)
    {
        // 4096.0 and 4.096e3 are the same number, but not to every reader.
        bool isRight = value.TryGetProperty(name, out JsonElement member)
            && member.ValueKind == JsonValueKind.Number
            && int.TryParse(member.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= least && number <= most;
        Require(isRight, name, least == most ? $"{least}" : $"a whole number from {least} to {most}");
        return member.GetInt32();
    }

    private static byte[] Digests(JsonElement value, int length)
    {
        string text = Json.Text(value, "digests") ?? string.Empty;
        byte[] digests = new byte[length];
        bool isRight = Convert.TryFromBase64String(text, digests, out int count) && count == length && Convert.ToBase64String(digests) == text;
        Require(isRight, "digests", $"base64 of {length} bytes, {Blocks.DigestSize} for each block");
        return digests;
    }

    private static string? Notes(JsonElement value)
    {
        if (!value.TryGetProperty("notes", out JsonElement member))
        {
            return null;
        }

        string? notes = member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        Require(notes is { Length: <= Manifest.MaxNotes }, "notes", $"text of at most {Manifest.MaxNotes} characters");
        return notes;
    }

    private static bool IsTrue(JsonElement value, string name)
    {
        if (!value.TryGetProperty(name, out JsonElement member))
        {
            return false;
        }

        Require(member.ValueKind is JsonValueKind.True or JsonValueKind.False, name, "true or false");
        return member.GetBoolean();
    }

    private static void Require(bool isRight, string name, string rule)
    {
        if (!isRight)
        {
            throw Wrong($"'{name}' must be {rule}");
        }
    }

    private static FailedException Wrong(string why) => new($"this is not a manifest: {why}");
}
