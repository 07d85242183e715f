using Firmware.Settings;

namespace Firmware.Tests.Fakes
{
    /// <summary>Settings of a module in another assembly than the device: one of each kind that a module can bring.</summary>
    public sealed class ToySettings : SettingGroup
    {
        public const int Speed = 0;
        public const int Factor = 1;
        public const int Key = 2;
        public const int Color = 3;
        public const int Gadgets = 4;

        public override int Count => Gadgets + 1;

        public override Setting Describe(int index)
        {
            switch (index)
            {
                case Speed: return Setting.Integer("toy.speed", SettingEffect.Now, 1, 10, 3, "m/s");
                case Factor: return Setting.Number("toy.factor", SettingEffect.Restart, 0, 5000000000, 1500000, null);
                case Key: return new Setting("toy.key", SettingType.Text, SettingEffect.Reconnect, 8, 32, null) { IsSecret = true, SurvivesReset = true };
                case Color: return new ToyColorSetting("toy.color");
                default: return new ToyGadgetsSetting("gadgets");
            }
        }
    }
}
