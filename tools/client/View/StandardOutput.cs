using Microsoft.Win32.SafeHandles;

namespace M2m.Client.View;

/// <summary>Standard output that fails when its reader has closed it; the console's own stream does not.</summary>
public static class StandardOutput
{
    private const int Descriptor = 1;
    private const int BrokenPipe = 32;

    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        try
        {
            var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

            // In a file this stream would write at its own position, over the output of others.
            return stream.CanSeek ? Console.OpenStandardOutput() : stream;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return Console.OpenStandardOutput();
        }
    }

    public static bool IsClosed(IOException failure) => failure.HResult == BrokenPipe;
}
