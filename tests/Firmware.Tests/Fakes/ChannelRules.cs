using System;
using Firmware.Sensing;

namespace Firmware.Tests.Fakes
{
    /// <summary>Rules as their owner writes them.</summary>
    public static class ChannelRules
    {
        /// <summary>What "channels" in single-quoted JSON says; it has to be right.</summary>
        public static ChannelRule[] Of(string channels)
        {
            SettingsRig rig = new SettingsRig("{'channels':" + channels + "}");
            if (rig.Paths.Length > 0)
            {
                throw new ArgumentException(rig.Text);
            }

            return rig.Settings.Channels;
        }
    }
}
