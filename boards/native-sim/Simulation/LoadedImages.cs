using System.Security.Cryptography;
using Boards.Loader;

namespace Boards.NativeSim.Simulation;

/// <summary>
/// The images that ran last, by the content of their bundles: devices that run the same image share its code, as they
/// share the built-in one. Firmware keeps nothing in statics.
/// </summary>
internal static class LoadedImages
{
    private const int Kept = 4;

    private static readonly List<(string Digest, Action Program)> s_images = [];

    /// <summary>Loads an image, or finds it loaded.</summary>
    /// <param name="bundle">Its bundle.</param>
    /// <param name="index">What the bundle holds.</param>
    /// <returns>Its program.</returns>
    /// <exception cref="Exception">It cannot be loaded.</exception>
    public static Action Get(byte[] bundle, BundleIndex index)
    {
        string digest = Convert.ToHexString(SHA256.HashData(bundle));
        lock (s_images)
        {
            int at = s_images.FindIndex(image => image.Digest == digest);
            (string, Action Program) found = at < 0 ? (digest, ImageContext.Load(bundle, index)) : s_images[at];
            if (at >= 0)
            {
                s_images.RemoveAt(at);
            }

            // Nobody unloads an image that still runs: its program keeps it.
            s_images.Insert(0, found);
            s_images.RemoveRange(Math.Min(Kept, s_images.Count), Math.Max(0, s_images.Count - Kept));
            return found.Program;
        }
    }
}
