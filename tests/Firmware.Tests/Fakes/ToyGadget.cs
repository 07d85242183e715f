namespace Firmware.Tests.Fakes
{
    /// <summary>An entry of <see cref="ToyGadgetsSetting"/>.</summary>
    public sealed class ToyGadget
    {
        public readonly string Name;
        public string Label;
        public int Kind;
        public int Level = 5;

        public ToyGadget(string name)
        {
            Name = name;
        }
    }
}
