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

        /// <summary>
        /// Adds to the end of a file, which is created if it is not there. After a power cut the file holds its old
        /// content and none, some or all of the new bytes.
        /// </summary>
        /// <param name="name">A plain file name, without a path.</param>
        /// <param name="data">Holds the new bytes.</param>
        /// <param name="count">How many, from the start of <paramref name="data"/>.</param>
        /// <returns>False when they could not be written (storage full or failing).</returns>
        bool Append(string name, byte[] data, int count);

        /// <summary>Reads a part of a file.</summary>
        /// <param name="name">A plain file name, without a path.</param>
        /// <param name="position">Where the part begins.</param>
        /// <param name="buffer">Receives the bytes, from its start.</param>
        /// <returns>How many bytes were read: fewer than the buffer holds at the end of the file, 0 without a file.</returns>
        int ReadAt(string name, int position, byte[] buffer);

        /// <summary>Lists the files.</summary>
        /// <returns>The names of all files, in any order; null when they cannot be listed.</returns>
        string[] List();

        /// <summary>Deletes a file.</summary>
        /// <param name="name">A plain file name, without a path.</param>
        /// <returns>False when it could not be deleted; true also when there was none.</returns>
        bool Delete(string name);
    }
}
