namespace Firmware
{
    /// <summary>The version of the firmware: the same as in nf.props and Directory.Build.props, which a test holds.</summary>
    public static class FirmwareVersion
    {
        /// <summary>Semantic version.</summary>
        public const string Text = "0.1.0";
    }
}
