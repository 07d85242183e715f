namespace nanoFramework.Emulation.IO;

public abstract class FileSystemInfo : MarshalByRefObject
{
    private string _fullName = string.Empty;

    public FileAttributes Attributes => File.GetAttributes(_fullName);

    public virtual string FullName => _fullName;

    public string Extension => Path.GetExtension(_fullName)!;

    public abstract bool Exists { get; }

    public abstract string Name { get; }

    public abstract void Delete();

    private protected void Use(string path) => _fullName = Path.GetFullPath(path);
}
