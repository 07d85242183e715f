using Microsoft.Win32.SafeHandles;

namespace M2m.Client.View;

/// <summary>Standard output that tells when its reader has gone: the console's own stream keeps silent about that.</summary>
public static class StandardOutput
{
    private const int Descriptor = 1;
    private const int BrokenPipe = 32;

    /// <summary>Opens it, unbuffered.</summary>
    /// <returns>The stream.</returns>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        try
        {
            var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

            // In a file this stream would write at a place of its own, over what others write there.
            return stream.CanSeek ? Console.OpenStandardOutput() : stream;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return Console.OpenStandardOutput();
        }
    }

    /// <summary>Whether a failure means that the reader of the pipe has gone.</summary>
    /// <param name="failure">What writing gave.</param>
    /// <returns>True for EPIPE.</returns>
    public static bool IsClosed(IOException failure) => failure.HResult == BrokenPipe;
}
