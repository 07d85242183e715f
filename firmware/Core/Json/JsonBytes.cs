using System.Text;

namespace Firmware.Json
{
    /// <summary>Bytes that the reader and the writer share.</summary>
    /// <remarks>No array initializers here and below: each takes a type and a static field in RAM.</remarks>
    internal static class JsonBytes
    {
        internal static readonly byte[] True = Encoding.UTF8.GetBytes("true");
        internal static readonly byte[] False = Encoding.UTF8.GetBytes("false");
        internal static readonly byte[] Null = Encoding.UTF8.GetBytes("null");

        /// <summary>
        /// Zero for the bytes that a scan along a string may pass without a look. It stops at a quote, a backslash,
        /// a control character and the start of anything beyond ASCII; and at a closing bracket, which lets the last
        /// byte of a text guard the scan, so that no byte is compared with the end.
        /// </summary>
        internal static readonly byte[] Stops = CreateStops();

        private static byte[] CreateStops()
        {
            byte[] stops = new byte[256];
            for (int b = 0; b < 256; b++)
            {
                if (b < ' ' || b > 0x7F || b == '"' || b == '\\' || b == ']' || b == '}')
                {
                    stops[b] = 1;
                }
            }

            return stops;
        }
    }
}
