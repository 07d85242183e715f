namespace Firmware.Json
{
    /// <content>Texts of the program itself, and whole members of an object.</content>
    public sealed partial class JsonWriter
    {
        /// <summary>Writes a string of the program itself, at a tenth of the cost of <see cref="String"/>.</summary>
        /// <param name="value">ASCII without backslashes and control characters; not checked.</param>
        public void Constant(string value)
        {
            byte[] buffer = Buffer;
            int at = _at;
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
            _at = at + 2;
        }

        /// <summary>Writes a value that is JSON text already.</summary>
        /// <param name="json">One complete value in ASCII; not checked.</param>
        public void RawText(string json)
        {
            byte[] buffer = Buffer;
            int at = _at;
            int length = json.Length;
            if (at + length + 1 > buffer.Length && (buffer = Reserve(at + length)) == null)
            {
                return;
            }

            _utf8.GetBytes(json, 0, length, buffer, at);
            at += length;
            buffer[at] = Comma;
            _at = at + 1;
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
