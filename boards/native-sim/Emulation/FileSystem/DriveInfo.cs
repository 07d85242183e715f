using Boards.NativeSim.World;

namespace nanoFramework.Emulation.IO;

public sealed class DriveInfo
{
    public DriveInfo(string driveName)
    {
        if (driveName.TrimEnd('\\') is not ("I:" or "i:"))
        {
            throw new IOException($"No such volume: {driveName}");
        }

        Name = driveName;
        DriveType = DriveType.Fixed;
        TotalSize = SimulatedChip.Current.Flash.CapacityBytes;
    }

    public DriveType DriveType { get; set; }

    public string Name { get; set; }

    public long TotalSize { get; set; }

    public static DriveInfo[] GetDrives() => [new DriveInfo(Path.Root)];
}
