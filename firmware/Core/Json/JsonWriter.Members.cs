namespace Firmware.Json
{
    /// <content>Whole members of an object.</content>
    public sealed partial class JsonWriter
    {
        /// <summary>Writes a member that is a string.</summary>
        /// <param name="name">As for <see cref="Name"/>.</param>
        /// <param name="value">Any text; null leaves the member out.</param>
        public void Member(string name, string value)
        {
            if (value != null)
            {
                Name(name);
                String(value);
            }
        }

        /// <summary>Writes a member that is an integer.</summary>
        /// <param name="name">As for <see cref="Name"/>.</param>
        /// <param name="value">Any integer.</param>
        public void Member(string name, long value)
        {
            Name(name);
            Number(value);
        }
    }
}
