using System.Text.Encodings.Web;
using System.Text.Json;
using M2m.Client;
using M2m.Client.Updates;

namespace M2m.Updates;

/// <summary>What a release is: signed, and judged by a device before it takes a block.</summary>
internal sealed record Manifest
{
    /// <summary>The product that all manifests name.</summary>
    public const string Product = "m2m";

    /// <summary>Bytes that a manifest may have.</summary>
    public const int MaxBytes = 3328;

    /// <summary>Characters of the notes.</summary>
    public const int MaxNotes = 256;

    /// <summary>Characters of a board's name.</summary>
    public const int MaxBoard = 32;

    // Every escaped + of a digest would cost five bytes more, of few.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The board that it is for.</summary>
    public required string Board { get; init; }

    /// <summary>The version.</summary>
    public required ReleaseVersion Version { get; init; }

    /// <summary>Least number of the loader's contract.</summary>
    public required int Loader { get; init; }

    /// <summary>Least version of the runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>Bytes of the bundle.</summary>
    public required int Size { get; init; }

    /// <summary>Digests of its blocks, one after another.</summary>
    public required byte[] Digests { get; init; }

    /// <summary>For people; null: none.</summary>
    public string? Notes { get; init; }

    /// <summary>Whether a device may go back to this version from a newer one.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>Blocks of the bundle.</summary>
    public int BlockCount => Blocks.Count(Size);

    /// <summary>What its files are called, without what comes after the dot.</summary>
    public string FileName => $"{Board}-{Version}";

    /// <summary>Whether a text can be notes.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False for one that is too long, or is no text.</returns>
    public static bool IsNotes(string text) => text.Length <= MaxNotes && !text.Any(char.IsControl);

    /// <summary>Writes it.</summary>
    /// <returns>The file's bytes: these, and no others, are signed.</returns>
    /// <exception cref="FailedException">It takes more than a device takes.</exception>
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
