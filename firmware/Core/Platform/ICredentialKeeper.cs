namespace Firmware.Platform
{
    /// <summary>Stores certificates and keys for TLS, sent in parts.</summary>
    public interface ICredentialKeeper : ICredentials
    {
        /// <summary>Deletes what was sent so far.</summary>
        /// <returns>False when that failed.</returns>
        bool DeleteParts();

        /// <summary>Adds a part of what is sent.</summary>
        /// <param name="part">Bytes of PEM.</param>
        /// <returns>False when it could not be stored.</returns>
        bool Append(byte[] part);

        /// <summary>Checks what was sent, and keeps it; one of the same name is replaced.</summary>
        /// <param name="name">1 to 16 of <c>a-z 0-9 -</c>.</param>
        /// <param name="isClient">Whether it is the device's own, with its key; else certificates of authorities.</param>
        /// <param name="now">Seconds since 1970; 0 when the time is not known.</param>
        /// <param name="isStored">Whether it was written.</param>
        /// <returns>What is wrong with it; null when it is right.</returns>
        string Keep(string name, bool isClient, long now, out bool isStored);
    }
}
