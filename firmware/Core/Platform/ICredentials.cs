namespace Firmware.Platform
{
    /// <summary>Certificates and keys for TLS, by name. Ports read one just before it is needed and do not keep it.</summary>
    public interface ICredentials
    {
        /// <summary>Reads one.</summary>
        /// <param name="name">1 to 16 of <c>a-z 0-9 -</c>.</param>
        /// <returns>
        /// PEM as ASCII, without a terminator: one or more certificates of authorities, or a device's own certificates followed
        /// by its key; null when nothing of that name is stored, or flash has damaged it.
        /// </returns>
        byte[] Read(string name);
    }
}
