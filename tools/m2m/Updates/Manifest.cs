using System.Text.Encodings.Web;
using System.Text.Json;
using M2m.Client;
using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>The manifest of a release: signed, and checked by a device before it requests a block.</summary>
internal sealed record Manifest
{
    public const string Product = "m2m";

    public const int MaxBytes = 3328;

    public const int MaxNotes = 256;

    public const int MaxBoard = 32;

    // An escaped + in a digest costs five more of the few bytes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string Board { get; init; }

    public required ReleaseVersion Version { get; init; }

    public required int Loader { get; init; }

    public required string Runtime { get; init; }

    public required int Size { get; init; }

    public required byte[] Digests { get; init; }

    public string? Notes { get; init; }

    public bool AllowDowngrade { get; init; }

    public int BlockCount => Blocks.Count(Size);

    public string FileName => $"{Board}-{Version}";

    public static bool IsNotes(string text) => text.Length <= MaxNotes && !text.Any(char.IsControl);

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var writer = new Utf8JsonWriter(file, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("product", Product);
            writer.WriteString("board", Board);
            writer.WriteString("version", Version.ToString());
            writer.WriteNumber("loader", Loader);
            writer.WriteString("runtime", Runtime);
            writer.WriteNumber("size", Size);
            writer.WriteNumber("blockSize", Blocks.Size);
            writer.WriteString("digests", Convert.ToBase64String(Digests));
            if (Notes is not null)
            {
                writer.WriteString("notes", Notes);
            }

            if (AllowDowngrade)
            {
                writer.WriteBoolean("allowDowngrade", true);
            }

            writer.WriteEndObject();
        }

        byte[] bytes = file.ToArray();
        return bytes.Length <= MaxBytes
            ? bytes
            : throw new FailedException($"the manifest takes {bytes.Length} bytes, a device takes {MaxBytes}: {(Notes is null ? "the bundle has too many blocks" : $"shorten --notes by {bytes.Length - MaxBytes} or more")}");
    }
}
