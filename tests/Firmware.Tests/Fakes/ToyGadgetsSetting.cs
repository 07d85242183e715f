using Firmware.Settings;

namespace Firmware.Tests.Fakes
{
    /// <summary>A table with a text, a choice and a number.</summary>
    public sealed class ToyGadgetsSetting : SettingTable
    {
        private const int Label = 0;
        private const int Kind = 1;
        private const int Level = 2;

        public ToyGadgetsSetting(string name)
            : base(name, SettingEffect.Restart, 2, new ToyGadget[0])
        {
        }

        public override int MemberCount => Level + 1;

        public override Setting Member(int index)
        {
            switch (index)
            {
                case Label: return Text("label", Effect, 1, 8, null);
                case Kind: return Choice("kind", Effect, new string[] { "soft", "hard" });
                default: return Integer("level", Effect, 0, 9, 5, null);
            }
        }

        public override object Create(string name) => new ToyGadget(name);

        public override string NameOf(object entry) => ((ToyGadget)entry).Name;

        public override object Get(object entry, int member)
        {
            ToyGadget gadget = (ToyGadget)entry;
            return member == Label ? gadget.Label : (object)(long)(member == Kind ? gadget.Kind : gadget.Level);
        }

        public override void Set(object entry, int member, object value)
        {
            ToyGadget gadget = (ToyGadget)entry;
            switch (member)
            {
                case Label: gadget.Label = (string)value; break;
                case Kind: gadget.Kind = (int)(long)value; break;
                default: gadget.Level = (int)(long)value; break;
            }
        }

        public override int Contradiction(object entry, out string reason)
        {
            reason = "is for hard ones";
            return ((ToyGadget)entry).Kind == 0 && ((ToyGadget)entry).Level == 9 ? Level : -1;
        }
    }
}
