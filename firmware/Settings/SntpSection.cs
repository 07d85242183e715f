using Firmware.Json;

namespace Firmware.Settings
{
    /// <summary>Reads "sntp": the host names of time servers.</summary>
    internal static class SntpSection
    {
        private const int MaxServers = 2; // The platform's client has two.

        internal static string[] Read(SettingsSource source, int token, string[] standard)
        {
            if (!source.IsArray(token, "sntp", MaxServers))
            {
                return standard;
            }

            string[] servers = new string[source.Reader.Count(token)];
            int index = 0;
            for (int item = source.Reader.First(token); item != JsonReader.None; item = source.Reader.Next(item))
            {
                servers[index] = source.Text(item, "sntp[" + index + "]", 1, 253, null);
                if (servers[index] == null)
                {
                    return standard;
                }

                index++;
            }

            return servers;
        }
    }
}
