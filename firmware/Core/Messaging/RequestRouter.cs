using System;
using System.Text;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Messaging
{
    /// <summary>
    /// Checks what arrives on a request topic, has it carried out, and returns the response. The bytes come
    /// from any client: nothing in them may stop the device.
    /// </summary>
    public sealed class RequestRouter
    {
        /// <summary>Bytes of a request at most.</summary>
        public const int MaxRequest = 4096;

        /// <summary>Bytes that a response may have.</summary>
        public const int MaxAnswer = 4096;
        private const int Capacity = 512;
        private const int DefaultSpread = 2;
        private const int MaxSpread = 300;
        private const int MalformedBurst = 10;

        private readonly IMethodSet _methods;
        private readonly IClock _clock;
        private readonly Counters _counters;
        private readonly JsonReader _reader = new JsonReader(MaxRequest);
        private readonly ReplayMemory _memory = new ReplayMemory();
        private readonly RateLimit _limit = new RateLimit();

        // What is no request has a budget of its own: it names no client, and must cost none its requests.
        private readonly TokenBucket _malformed = new TokenBucket(MalformedBurst, 1);
        private readonly byte[] _head = Encoding.UTF8.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":");
        private readonly byte[] _result = Encoding.UTF8.GetBytes("\"result\":");
        private JsonWriter _writer; // only while a request is handled
        private bool _isGroup;
        private bool _isQuery;
        private int _spread;

        /// <summary>Creates a router.</summary>
        /// <param name="methods">The methods of the device.</param>
        /// <param name="clock">Judges deadlines.</param>
        /// <param name="counters">Counts requests and refusals.</param>
        public RequestRouter(IMethodSet methods, IClock clock, Counters counters)
        {
            _methods = methods;
            _clock = clock;
            _counters = counters;
        }

        /// <summary>Bytes that a response may have: fewer with a broker that takes only small packets.</summary>
        public int MaxResponse = MaxAnswer;

        /// <summary>Receives what is refused because of the topic; null for nobody.</summary>
        public EventQueue Events;

        /// <summary>Where responses wait; null for none.</summary>
        public ResponseQueue Queue;

        /// <summary>Whether the last request invoked the method that was found last.</summary>
        public bool HasInvoked;

        /// <summary>Handles one message.</summary>
        /// <param name="payload">Its bytes.</param>
        /// <param name="isRetained">Whether the broker had kept it: such a request would come again at every connection.</param>
        /// <param name="isGroup">Whether it went to many devices, whose responses must be spread over time.</param>
        /// <param name="isQuery">Whether only methods that read are carried out: the client may do no more.</param>
        /// <param name="isDuplicate">Whether the broker has sent it before, by MQTT's DUP flag.</param>
        /// <returns>The response, or null for none.</returns>
        public Response Handle(byte[] payload, bool isRetained, bool isGroup, bool isQuery, bool isDuplicate)
        {
            _isGroup = isGroup;
            _isQuery = isQuery;
            HasInvoked = false;
            _spread = isGroup ? DefaultSpread : 0;
            _writer = new JsonWriter(MaxResponse < Capacity ? MaxResponse : Capacity, MaxResponse);
            Request request = Parse(payload, out RpcError error);
            if (error == null && isRetained)
            {
                error = RpcError.InvalidRequest(null, "a request must not be retained");
            }

            Response response = Judge(request, payload, error, isDuplicate);
            _reader.Clear();
            _writer = null;
            if (response != null)
            {
                response.Spread = _spread;
                response.IsToQuery = _isQuery;
            }

            return response;
        }

        private Request Parse(byte[] payload, out RpcError error)
        {
            if (payload.Length > MaxRequest)
            {
                error = RpcError.InvalidRequest(null, "larger than 4096 bytes");
                return new Request(null, payload);
            }

            if (!_reader.TryParse(payload, 0, payload.Length))
            {
                error = RpcError.ParseError(_reader.Describe());
                return new Request(null, payload);
            }

            Request request = new Request(_reader, payload);
            error = request.Read();
            return request;
        }

        private Response Judge(Request request, byte[] payload, RpcError error, bool isDuplicate)
        {
            int wait = error == null ? _limit.Check(request.From, _clock.Uptime) : _malformed.Wait(_clock.Uptime);
            if (wait > 0)
            {
                return request.HasId ? Refuse(request, RpcError.TooMany(wait)) : Ignore();
            }

            if (error != null)
            {
                bool isNotification = request.Method != null && !request.HasId;
                return isNotification ? Ignore() : Refuse(request, error);
            }

            IMethod method = _methods.Find(request.Method);
            if (_isQuery && method != null && !(method is IQuery))
            {
                // Before anything of it is looked at, and before a response that another client got.
                Events?.Security("request-refused", method.Name + " from " + request.From);
                return request.HasId ? Refuse(request, RpcError.NotAllowed("method", "a query topic takes only methods that read")) : Ignore();
            }

            string key = method is IOnce && request.HasId ? Key(request, payload) : null;
            byte[] known = key == null ? null : _memory.Find(key, _clock.Uptime, isDuplicate);
            return known != null ? new Response(request.From, known) : CarryOut(request, method, key);
        }

        private static string Key(Request request, byte[] payload) =>
            request.From + " " + payload.Length + " " + (int)Crc32.Of(payload, 0, payload.Length);

        private Response CarryOut(Request request, IMethod method, string key)
        {
            bool hasId = request.Id != JsonReader.None;
            RpcError error = method == null ? RpcError.MethodNotFound() : CheckDeadline(request) ?? CheckParams(method, request.Params);
            if (error != null)
            {
                return hasId ? Refuse(request, error) : Ignore();
            }

            bool isSpread = hasId && _spread > 0 && Queue != null;
            if (isSpread && !Queue.HasRoom(0))
            {
                return RefuseSpread(request);
            }

            HasInvoked = true;
            BeginResponse(request);
            error = Invoke(method, request);
            if (error != null)
            {
                _counters.Refused++;
                WriteError(request, error);
            }
            else
            {
                _counters.Requests++;
            }

            if (!hasId)
            {
                return null;
            }

            if (isSpread && method is IQuery && !Queue.HasRoom(_writer.Length))
            {
                return RefuseSpread(request);
            }

            byte[] payload = Payload(request);
            if (key != null)
            {
                _memory.Add(key, payload, _clock.Uptime);
            }

            return new Response(request.From, payload);
        }

        private RpcError Invoke(IMethod method, Request request)
        {
            // The runtime compacts its memory after an attempt that got none: what only reads is tried once more.
            for (bool isLast = !(method is IQuery); ; isLast = true)
            {
                try
                {
                    _writer.Fragment(_result);
                    RpcError error = method.Invoke(request, _writer);
                    _writer.EndObject();
                    return error == null && _writer.IsTooLong ? RpcError.InternalError("the response is too long: request fewer items") : error;
                }
                catch (Exception e)
                {
                    _counters.Exceptions++;
                    if (isLast || !(e is OutOfMemoryException))
                    {
                        return RpcError.InternalError("the method failed: " + e.GetType().Name);
                    }
                }

                _writer.Release();
                BeginResponse(request);
            }
        }

        // A long text needs its length once more: without that, a short one says that the request was carried out.
        private byte[] Payload(Request request)
        {
            try
            {
                return _writer.ToArray();
            }
            catch (OutOfMemoryException)
            {
                _counters.Exceptions++;
                _writer.Release();
                WriteError(request, RpcError.InternalError("there was no memory for the response, the method has ended"));
                return _writer.ToArray();
            }
        }

        private RpcError CheckDeadline(Request request)
        {
            if (!request.HasDeadline)
            {
                return null;
            }

            // Without a clock it is unknown whether it is too late: then it is not carried out.
            if (!_clock.IsSynchronized)
            {
                return RpcError.Busy("deadline", "the clock is not synchronized yet");
            }

            return _clock.UtcSeconds > request.Deadline ? RpcError.DeadlinePassed() : null;
        }

        private RpcError CheckParams(IMethod method, int parameters)
        {
            if (parameters == JsonReader.None)
            {
                return null;
            }

            Param[] known = method.Params;
            for (int name = _reader.First(parameters); name != JsonReader.None; name = _reader.Next(name))
            {
                bool isSpread = _isGroup && _reader.NameEquals(name, "spread");
                RpcError error = isSpread ? ReadSpread(_reader.ValueOf(name)) : CheckParam(known, name);
                if (error != null)
                {
                    return error;
                }
            }

            return null;
        }

        private RpcError CheckParam(Param[] known, int name)
        {
            for (int i = 0; i < known.Length; i++)
            {
                if (_reader.NameEquals(name, known[i].Name))
                {
                    return null;
                }
            }

            _reader.TryGetString(name, out string text);
            return RpcError.InvalidParams(text, "not a param of this method");
        }

        private RpcError ReadSpread(int value)
        {
            if (!_reader.TryGetInt64(value, out long spread) || spread < 0 || spread > MaxSpread)
            {
                return RpcError.InvalidParams("spread", "must be an integer from 0 to " + MaxSpread);
            }

            _spread = (int)spread;
            return null;
        }

        // To a group never all at once: who finds no room to wait asks again, when those before are answered.
        private Response RefuseSpread(Request request)
        {
            int wait = _spread;
            _spread = 0;
            return Refuse(request, RpcError.TooMany(wait));
        }

        private Response Ignore()
        {
            _counters.Refused++;
            return null;
        }

        private Response Refuse(Request request, RpcError error)
        {
            _counters.Refused++;
            WriteError(request, error);
            return new Response(request.From, _writer.ToArray());
        }

        private void WriteError(Request request, RpcError error)
        {
            BeginResponse(request);
            _writer.Name("error");
            error.Write(_writer);
            _writer.EndObject();
        }

        private void BeginResponse(Request request)
        {
            _writer.Clear();
            _writer.Fragment(_head);
            request.WriteId(_writer);
        }
    }
}
