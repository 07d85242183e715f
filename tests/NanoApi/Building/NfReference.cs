namespace NanoApi.Building
{
    /// <summary>A Reference item: the assembly's name and where Visual Studio looks for it.</summary>
    internal sealed record NfReference(string Name, string HintPath);
}
