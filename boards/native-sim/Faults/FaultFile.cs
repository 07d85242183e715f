using System.Text.Json;
using M2m.Client.Arguments;

namespace Boards.NativeSim.Faults;

/// <summary>
/// Reads a file of faults: <c>{"faults":[{"fault":"wifi","at":60,"for":30}]}</c>. The members of a fault are named as in <see
/// cref="FaultReader"/>.
/// </summary>
internal static class FaultFile
{
    private const string Faults = "faults";
    private const long MaxLength = 1 << 20;

    public static IReadOnlyList<Fault> Load(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxLength)
            {
                throw new UsageException($"larger than {MaxLength} bytes");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement);
        }
        catch (UsageException e)
        {
            throw new UsageException($"--faults {path}: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new UsageException($"--faults {path} is not JSON: see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--faults: cannot read the file: {e.Message}");
        }
    }

    /// <summary>The entries of such an array.</summary>
    public static List<Fault> ReadAll(IEnumerable<JsonElement> faults)
    {
        var result = new List<Fault>();
        foreach (JsonElement fault in faults)
        {
            try
            {
                result.Add(FaultReader.Read(Members(fault)));
            }
            catch (UsageException e)
            {
                throw new UsageException($"fault {result.Count + 1}: {e.Message}");
            }
        }

        return result;
    }

    private static List<Fault> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(Faults, out JsonElement faults) || faults.ValueKind != JsonValueKind.Array)
        {
            throw new UsageException("must hold {\"faults\":[...]}, e.g. {\"faults\":[{\"fault\":\"wifi\",\"at\":60,\"for\":30}]}");
        }

        if (root.EnumerateObject().FirstOrDefault(member => member.Name != Faults) is { Value.ValueKind: not JsonValueKind.Undefined } other)
        {
            throw new UsageException($"unknown member '{other.Name}'");
        }

        return ReadAll(faults.EnumerateArray());
    }

    private static Dictionary<string, string> Members(JsonElement fault)
    {
        if (fault.ValueKind != JsonValueKind.Object)
        {
            throw new UsageException("must be an object");
        }

        var members = new Dictionary<string, string>();
        foreach (JsonProperty member in fault.EnumerateObject())
        {
            string? text = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString(),
                JsonValueKind.Number => member.Value.GetRawText(),
                _ => null,
            };
            members[member.Name] = text ?? throw new UsageException($"'{member.Name}' must be a number or a string");
        }

        return members;
    }
}
