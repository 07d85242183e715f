namespace Firmware.Platform
{
    /// <summary>Small named files that survive a restart and a power cut.</summary>
    public interface IStorage
    {
        /// <summary>The whole content, or null when there is no such file, it is empty, or it cannot be read.</summary>
        /// <param name="name">A plain file name, without a path.</param>
        byte[] Read(string name);

        /// <summary>
        /// Replaces the content as one step: after a power cut at any moment the file holds the old or the new content.
        /// </summary>
        /// <param name="name">A plain file name, without a path.</param>
        /// <param name="content">The new content.</param>
        /// <returns>False when it could not be written (storage full or failing); the old content stays.</returns>
        bool Replace(string name, byte[] content);
    }
}
