using System;
using System.Text;

namespace Firmware.Provisioning
{
    /// <summary>A response of HTTP while it goes out. What is the same in each page comes from flash only when it is its turn.</summary>
    internal sealed class HttpResponse
    {
        private readonly Pieces _content = new Pieces();
        private readonly bool _isPage;
        private readonly string _first;
        private byte[] _constant = new byte[0];
        private int _at;
        private int _sent;
        private int _part;

        /// <summary>Creates a response.</summary>
        /// <param name="status">Number and reason.</param>
        /// <param name="location">Where to go instead; null for nowhere.</param>
        /// <param name="language">The page's language; null for a response that is no page.</param>
        internal HttpResponse(string status, string location, string language)
        {
            _isPage = language != null;
            _first = "HTTP/1.1 " + status + (location == null ? string.Empty : "\r\nLocation: " + location) + PageParts.Headers
                + (_isPage ? "<!doctype html><html lang=" + language + ">" : string.Empty);
        }

        /// <summary>What is in it.</summary>
        internal Pieces Content => _content;

        /// <summary>Gives the next bytes.</summary>
        /// <param name="buffer">Receives them.</param>
        /// <returns>How many; -1 at the end.</returns>
        internal int Next(byte[] buffer)
        {
            int count = 0;
            while (count < buffer.Length && _part < 4)
            {
                int copied;
                if (_part == 2)
                {
                    copied = _content.CopyTo(_sent, buffer, count);
                    _sent += copied;
                }
                else
                {
                    if (_at == 0)
                    {
                        _constant = Encoding.UTF8.GetBytes(_part == 0 ? _first : !_isPage ? string.Empty : _part == 1 ? PageParts.Top : PageParts.Script);
                    }

                    copied = _constant.Length - _at < buffer.Length - count ? _constant.Length - _at : buffer.Length - count;
                    Array.Copy(_constant, _at, buffer, count, copied);
                    _at += copied;
                }

                count += copied;
                if (copied == 0)
                {
                    _part++;
                    _at = 0;
                }
            }

            return count == 0 ? -1 : count;
        }
    }
}
