using System.Text;

namespace Firmware.Tests.Fakes
{
    /// <summary>Text and bytes.</summary>
    public static class Utf8
    {
        public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

        public static string Text(byte[] bytes) => bytes == null ? null : Encoding.UTF8.GetString(bytes, 0, bytes.Length);
    }
}
