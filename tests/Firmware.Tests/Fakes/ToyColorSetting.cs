using Firmware.Settings;

namespace Firmware.Tests.Fakes
{
    /// <summary>A text with a form of its own.</summary>
    public sealed class ToyColorSetting : Setting
    {
        public ToyColorSetting(string name)
            : base(name, SettingType.Text, SettingEffect.Now, 4, 4, "#fff")
        {
        }

        protected override string Check(string text) => base.Check(text) == null && text.StartsWith("#") ? null : "must be # and 3 digits";
    }
}
