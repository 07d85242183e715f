using System.Security.Cryptography;

namespace Boards.NativeSim.World;

/// <summary>What a program knows about the loader that started it, and the capacity and the keys for updates.</summary>
public sealed record UpdateSetup
{
    /// <summary>The slot of the image that runs; 0 for the built-in one.</summary>
    public required int RunningSlot { get; init; }

    /// <summary>Version of the built-in application.</summary>
    public required string BuiltInVersion { get; init; }

    /// <summary>Bytes that an image may have.</summary>
    public required int ImageCapacity { get; init; }

    /// <summary>Public keys of those who may sign updates.</summary>
    public required IReadOnlyList<RSAParameters> Keys { get; init; }
}
