using System.Text;

namespace Boards.NativeSim.Emulation.Wifi;

/// <summary>The native buffers of the network's configuration: what does not fit leaves the old value in force, and nothing says so.</summary>
internal static class NativeText
{
    public const int SsidBytes = 31;
    public const int PasswordBytes = 63;

    public static string? Fit(string? text, int bytes, string? before) =>
        text is not null && Encoding.UTF8.GetByteCount(text) > bytes ? before ?? string.Empty : text;
}
