namespace Boards.NativeSim.World;

/// <summary>
/// Blocks that littlefs erases, as the ESP32 has it: blocks of 4 KB, programmed in steps of 128 bytes, no wear levelling below it.
/// A file of more than 512 bytes has blocks of its own, of which each append copies the last one to a new one; smaller ones are
/// in the log of the directory, as each change of a name and a length is, whose block is erased when it is full.
/// </summary>
internal sealed class FlashWear
{
    private const int BlockBytes = 4096;
    private const int InlineBytes = 512;
    private const int StepBytes = 128;
    private const int TagBytes = 24;
    private int _logBytes;

    /// <summary>Blocks erased so far.</summary>
    public long Erases { get; private set; }

    /// <summary>The content of a file has changed.</summary>
    /// <param name="before">Its length before.</param>
    /// <param name="after">Its length now.</param>
    /// <param name="isAppended">Whether its beginning is the same.</param>
    /// <param name="liveBytes">What the log holds of all files.</param>
    public void Write(int before, int after, bool isAppended, int liveBytes)
    {
        if (after > InlineBytes)
        {
            int kept = isAppended && before > InlineBytes ? before / BlockBytes * BlockBytes : 0;
            Erases += (after - kept + BlockBytes - 1) / BlockBytes;
        }

        Log(after > InlineBytes ? 0 : after, liveBytes);
    }

    /// <summary>A name has come, gone or changed.</summary>
    /// <param name="liveBytes">See <see cref="Write"/>.</param>
    public void Rename(int liveBytes) => Log(0, liveBytes);

    // A log that would be more than half full of what is valid is divided.
    private void Log(int bytes, int liveBytes)
    {
        _logBytes += (bytes + TagBytes + StepBytes - 1) / StepBytes * StepBytes;
        int logs = 1 + (liveBytes / (BlockBytes / 2));
        if (_logBytes > BlockBytes - (liveBytes / logs))
        {
            Erases++;
            _logBytes = 0;
        }
    }
}
