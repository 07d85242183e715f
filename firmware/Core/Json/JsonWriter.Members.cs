namespace Firmware.Json
{
    /// <content>Texts of the program itself, and whole members of an object.</content>
    public sealed partial class JsonWriter
    {
        /// <summary>Writes a string of the program itself, or one that was checked, at a tenth of the cost of <see cref="String"/>.</summary>
        /// <param name="value">ASCII without backslashes and control characters; not checked.</param>
        public void Constant(string value)
        {
            byte[] buffer = Buffer;
            int at = At;
            int length = value.Length;
            if (value.IndexOf('"') >= 0 || (at + length + 3 > buffer.Length && (buffer = Reserve(at + length + 2)) == null))
            {
                String(value);
                return;
            }

            buffer[at] = Quote;
            _utf8.GetBytes(value, 0, length, buffer, at + 1);
            at += length + 1;
            buffer[at] = Quote;
            buffer[at + 1] = Comma;
            At = at + 2;
        }

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

        /// <summary>Writes a member that is a fixed-point number.</summary>
        /// <param name="name">As for <see cref="Name"/>.</param>
        /// <param name="value">As for <see cref="Fixed"/>.</param>
        /// <param name="scale">Decimal places, 0 to 9.</param>
        public void Member(string name, long value, int scale)
        {
            Name(name);
            Fixed(value, scale);
        }

        /// <summary>Writes a member that is an integer, in one call.</summary>
        /// <param name="name">As for <see cref="Name"/>.</param>
        /// <param name="value">Any integer.</param>
        public void Member(string name, long value)
        {
            byte[] buffer = Buffer;
            int at = At;
            int length = name.Length;
            if (at + length + FixedPoint.MaxLength + 4 > buffer.Length)
            {
                Member(name, value, 0);
                return;
            }

            buffer[at] = Quote;
            _utf8.GetBytes(name, 0, length, buffer, at + 1);
            at += length + 1;
            buffer[at] = Quote;
            buffer[at + 1] = (byte)':';
            at = FixedPoint.Write(value, 0, buffer, at + 2);
            buffer[at] = Comma;
            At = at + 1;
        }
    }
}
