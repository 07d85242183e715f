using Firmware.Settings;

namespace Firmware.Tests.Fakes
{
    /// <summary>A settings file in single-quoted JSON that was read.</summary>
    public sealed class SettingsRig
    {
        public SettingsRig(string file)
        {
            Settings = Reader.Read(SingleQuoted.Bytes(file));
        }

        public SettingsReader Reader { get; } = new SettingsReader(AllSettings.Catalog());

        public DeviceSettings Settings { get; }

        /// <summary>The paths of all faults in order, with a space between.</summary>
        public string Paths
        {
            get
            {
                string paths = string.Empty;
                for (int i = 0; i < Reader.Faults.Count; i++)
                {
                    paths += (i == 0 ? string.Empty : " ") + ((SettingsFault)Reader.Faults[i]).Path;
                }

                return paths;
            }
        }

        /// <summary>All that is said of all faults.</summary>
        public string Text
        {
            get
            {
                string text = string.Empty;
                for (int i = 0; i < Reader.Faults.Count; i++)
                {
                    SettingsFault fault = (SettingsFault)Reader.Faults[i];
                    text += fault.Path + " " + fault.Reason + "\n";
                }

                return text;
            }
        }
    }
}
