namespace Boards.NativeSim.World;

/// <summary>What is attached to a serial line: it receives all that is sent.</summary>
public interface ISerialPeer
{
    /// <summary>Receives a frame that the chip has sent.</summary>
    /// <param name="frame">The bytes.</param>
    /// <param name="utc">When.</param>
    /// <param name="afterMs">Milliseconds from the end of the frame to the beginning of the answer.</param>
    /// <returns>The answer; null for none.</returns>
    byte[]? Receive(byte[] frame, DateTime utc, out int afterMs);
}
