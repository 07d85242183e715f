using System;
using System.Text;

namespace Firmware.Provisioning
{
    /// <summary>
    /// A request of HTTP (RFC 9112) while it comes in: GET, or POST of a form of at most 8 KB. What is malformed gives a
    /// status and ends it.
    /// </summary>
    internal sealed class HttpRequest
    {
        /// <summary>Bytes of request line and headers.</summary>
        public const int MaxHead = 2048;

        /// <summary>Bytes of the form.</summary>
        public const int MaxBody = 8192;

        /// <summary>The status of a request that is right.</summary>
        public const int Good = 200;

        private const int UsualHead = 512;
        private const int Malformed = 400;
        private const int MaxDigits = 6;
        private const int MaxBoundary = 70; // RFC 2046 section 5.1.1
        private const string Absent = "";

        private byte[] _head = new byte[UsualHead]; // null once it was read
        private int _count;
        private string _host;
        private string _contentType = Absent;
        private int _length = -1;
        private bool _isHttp10;

        /// <summary>0 while it is not complete, 200 for a right one, else the status of the response.</summary>
        public int Status;

        /// <summary>Whether a form was sent.</summary>
        public bool IsPost;

        /// <summary>The path, without a query.</summary>
        public string Path;

        /// <summary>Whether it was sent to an address, as that of the device; a name is that of a phone's probe, or of a site that wants to read the page.</summary>
        public bool IsToAddress;

        /// <summary>The header Accept-Language; empty without one.</summary>
        public string Languages = Absent;

        /// <summary>The form; null without one.</summary>
        public Pieces Body;

        /// <summary>What separates its parts.</summary>
        public string Boundary;

        /// <summary>Takes bytes.</summary>
        /// <param name="data">Holds them.</param>
        /// <param name="count">How many.</param>
        /// <returns>Whether the request has ended: see <see cref="Status"/>.</returns>
        public bool Add(byte[] data, int count)
        {
            int at = 0;
            if (_head != null)
            {
                int before = _count;
                at = count < MaxHead - before ? count : MaxHead - before;
                while (before + at > _head.Length)
                {
                    byte[] longer = new byte[_head.Length * 2];
                    Array.Copy(_head, longer, before);
                    _head = longer;
                }

                Array.Copy(data, 0, _head, before, at);
                _count += at;
                int end = EndOfHead(before < 3 ? 0 : before - 3);
                if (end < 0)
                {
                    Status = _count == MaxHead ? 431 : 0;
                    return Status != 0;
                }

                at -= _count - end;
                Status = ReadHead(end - 2);
                _head = null;
                if (Status != 0)
                {
                    return true;
                }
            }

            int rest = _length - Body.Length;
            Body.Add(data, at, count - at < rest ? count : at + rest);
            Status = Body.Length == _length ? Good : 0;
            return Status != 0;
        }

        // The index behind the empty line; -1 before it came.
        private int EndOfHead(int from)
        {
            byte[] head = _head;
            int count = _count;
            for (int i = from; i + 3 < count; i++)
            {
                if (head[i] == '\r' && head[i + 1] == '\n' && head[i + 2] == '\r' && head[i + 3] == '\n')
                {
                    return i + 4;
                }
            }

            return -1;
        }

        // 0 when a body is to follow.
        private int ReadHead(int length)
        {
            byte[] head = _head;
            for (int i = 0; i < length; i++)
            {
                byte c = head[i];
                if ((c < ' ' && c != '\r' && c != '\n' && c != '\t') || c > '~')
                {
                    return Malformed;
                }
            }

            string[] lines = Encoding.UTF8.GetString(head, 0, length).Split('\n');
            int status = ReadRequestLine(lines[0]);

            // The text ends with a line end, so that the last one is empty.
            for (int i = 1; status == 0 && i < lines.Length - 1; i++)
            {
                status = ReadHeader(lines[i]);
            }

            if (status != 0 || (_host == null && !_isHttp10))
            {
                return status != 0 ? status : Malformed;
            }

            IsToAddress = IsAddress(_host);
            if (!IsPost)
            {
                return _length > 0 ? Malformed : Good;
            }

            return _length < 0 ? 411 : _length > MaxBody ? 413 : ReadContentType();
        }

        private int ReadRequestLine(string line)
        {
            string[] words = Whole(line) == null ? new string[0] : Whole(line).Split(' ');
            if (words.Length != 3 || !words[2].StartsWith("HTTP/1.") || words[2].Length != 8 || !words[1].StartsWith("/"))
            {
                return Malformed;
            }

            _isHttp10 = words[2].EndsWith("0");
            IsPost = words[0] == "POST";
            int query = words[1].IndexOf('?');
            Path = query < 0 ? words[1] : words[1].Substring(0, query);
            return IsPost || words[0] == "GET" ? 0 : 405;
        }

        private int ReadHeader(string line)
        {
            line = Whole(line);
            int colon = line == null ? -1 : line.IndexOf(':');
            string name = colon < 1 ? Absent : line.Substring(0, colon).ToLower();
            if (colon < 1 || name.Trim() != name)
            {
                return Malformed;
            }

            string value = line.Substring(colon + 1).Trim();
            switch (name)
            {
                case "host":
                    bool isFirst = _host == null;
                    _host = value;
                    return isFirst ? 0 : Malformed;
                case "content-length":
                    int length = Number(value);
                    bool isOther = _length >= 0 && _length != length;
                    _length = length;
                    return length < 0 || isOther ? Malformed : 0;
                case "transfer-encoding":
                    return 411;
                case "content-type":
                    _contentType = value;
                    return 0;
                case "accept-language":
                    Languages = value;
                    return 0;
                default:
                    return 0;
            }
        }

        private int ReadContentType()
        {
            const string Form = "multipart/form-data";
            const string Parameter = "boundary=";
            int at = _contentType.IndexOf(Parameter);
            if (!_contentType.ToLower().StartsWith(Form) || at < Form.Length)
            {
                return 415;
            }

            string boundary = _contentType.Substring(at + Parameter.Length);
            int end = boundary.IndexOf(';');
            boundary = (end < 0 ? boundary : boundary.Substring(0, end)).Trim('"', ' ');
            Boundary = boundary;
            Body = new Pieces();
            return boundary.Length < 1 || boundary.Length > MaxBoundary ? Malformed : _length == 0 ? Good : 0;
        }

        // Without the line end; null when that is not the only one in it.
        private static string Whole(string line) => line.Length > 0 && line.IndexOf('\r') == line.Length - 1 ? line.Substring(0, line.Length - 1) : null;

        private static int Number(string text)
        {
            char[] digits = text.ToCharArray();
            int number = digits.Length < 1 || digits.Length > MaxDigits ? -1 : 0;
            for (int i = 0; number >= 0 && i < digits.Length; i++)
            {
                number = digits[i] < '0' || digits[i] > '9' ? -1 : (number * 10) + digits[i] - '0';
            }

            return number;
        }

        private static bool IsAddress(string host)
        {
            char[] all = (host ?? Absent).ToCharArray();
            for (int i = 0; i < all.Length; i++)
            {
                if ((all[i] < '0' || all[i] > '9') && all[i] != '.' && all[i] != ':')
                {
                    return false;
                }
            }

            return true;
        }
    }
}
