using System;
using Firmware.Platform;

namespace Firmware.Provisioning
{
    /// <summary>
    /// Between the board's worker and the loop: the worker puts a request together here, the loop gives the response. It counts
    /// for the request that it was given for alone, so that one which comes too late is none.
    /// </summary>
    internal sealed class PortalService : IAccessPointService
    {
        private readonly DhcpResponder _dhcp = new DhcpResponder();
        private HttpRequest _request; // the worker's, until it is complete
        private HttpRequest _complete;
        private HttpResponse _response;
        private HttpRequest _answered;

        /// <inheritdoc/>
        public int AnswerDhcp(byte[] packet, int count) => _dhcp.Answer(packet, count);

        /// <inheritdoc/>
        public int AnswerDns(byte[] packet, int count) => DnsResponder.Answer(packet, count);

        /// <inheritdoc/>
        public void Begin()
        {
            _complete = null;
            _request = null; // memory is taken when something comes
            _response = null; // of a client that has gone
        }

        /// <inheritdoc/>
        public bool Receive(byte[] data, int count)
        {
            _request = _request ?? new HttpRequest();
            if (!_request.Add(data, count))
            {
                return false;
            }

            _complete = _request;
            _request = null;
            return true;
        }

        /// <inheritdoc/>
        public int Next(byte[] buffer)
        {
            if (_answered == null || _answered != _complete)
            {
                return 0;
            }

            int count = _response == null ? -1 : _response.Next(buffer);
            _response = count < 0 ? null : _response; // its memory
            return count;
        }

        /// <summary>A request that waits for its response; null for none.</summary>
        internal HttpRequest Request
        {
            get
            {
                HttpRequest complete = _complete;
                return complete == _answered ? null : complete;
            }
        }

        /// <summary>Gives the response to a request.</summary>
        internal void Respond(HttpRequest request, HttpResponse response)
        {
            _response = response;
            _answered = request;
        }
    }
}
