namespace Firmware.Updates
{
    /// <summary>The methods of updates.</summary>
    internal enum UpdateCommand
    {
        /// <summary>Offers a release.</summary>
        Offer,

        /// <summary>Changes nothing.</summary>
        Status,

        /// <summary>Ends the update in progress.</summary>
        Cancel,

        /// <summary>Keeps the image on trial at once.</summary>
        Confirm,

        /// <summary>Restarts with the image before this one.</summary>
        Revert,
    }
}
