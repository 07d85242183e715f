namespace nanoFramework.Emulation.IO;

[Flags]
public enum FileAttributes
{
    ReadOnly = 1,
    Hidden = 2,
    System = 4,
    Directory = 16,
    Archive = 32,
    Normal = 128,
}
