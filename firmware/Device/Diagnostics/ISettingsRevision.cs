namespace Firmware.Diagnostics
{
    /// <summary>Tells which settings the device runs on.</summary>
    public interface ISettingsRevision
    {
        /// <summary>Number of the present settings; grows with each change.</summary>
        int Revision { get; }
    }
}
