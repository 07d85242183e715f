using System;
using System.Text;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Messaging
{
    /// <summary>
    /// Takes whatever arrives on a request topic, checks it, has it carried out, and says what to answer. The bytes come
    /// from anybody: nothing in them may stop the device.
    /// </summary>
    public sealed class RequestRouter
    {
        /// <summary>Bytes of a request at most.</summary>
        public const int MaxRequest = 4096;

        private const int MaxAnswer = 4096;

        private readonly IMethod[] _methods;
        private readonly IClock _clock;
        private readonly Counters _counters;
        private readonly Encoding _utf8 = Encoding.UTF8;
        private readonly JsonReader _reader = new JsonReader(MaxRequest);
        private readonly JsonWriter _writer = new JsonWriter(512, MaxAnswer);
        private readonly ReplayMemory _memory = new ReplayMemory();

        /// <summary>Creates a router.</summary>
        /// <param name="methods">What the device can be asked for.</param>
        /// <param name="clock">Judges deadlines.</param>
        /// <param name="counters">Counts requests and refusals.</param>
        public RequestRouter(IMethod[] methods, IClock clock, Counters counters)
        {
            _methods = methods;
            _clock = clock;
            _counters = counters;
        }

        /// <summary>Handles one message.</summary>
        /// <param name="payload">Its bytes.</param>
        /// <param name="isRetained">Whether the broker had kept it: such a request would come again at every connection.</param>
        /// <returns>What to answer, or null.</returns>
        public Answer Handle(byte[] payload, bool isRetained)
        {
            Answer answer = Judge(payload, isRetained);
            _reader.Clear();
            return answer;
        }

        private Answer Judge(byte[] payload, bool isRetained)
        {
            if (payload.Length > MaxRequest)
            {
                return Refuse(new Request(null, payload), RpcError.InvalidRequest(null, "larger than 4096 bytes"));
            }

            if (!_reader.TryParse(payload, 0, payload.Length))
            {
                return Refuse(new Request(null, payload), RpcError.ParseError(_reader.Describe()));
            }

            Request request = new Request(_reader, payload);
            RpcError error = request.Read();
            if (error == null && isRetained)
            {
                error = RpcError.InvalidRequest(null, "a request must not be retained");
            }

            if (error != null)
            {
                bool isNotification = request.Method != null && !request.HasId;
                return isNotification ? Ignore() : Refuse(request, error);
            }

            string key = request.Id == JsonReader.None ? null : Key(request, payload);
            byte[] known = key == null ? null : _memory.Find(key, _clock.Uptime);
            return known != null ? new Answer(request.From, known) : CarryOut(request, key);
        }

        private string Key(Request request, byte[] payload) =>
            request.From + "\n" + request.Method + "\n" + _utf8.GetString(payload, _reader.StartOf(request.Id), _reader.LengthOf(request.Id));

        private Answer CarryOut(Request request, string key)
        {
            IMethod method = Find(request.Method);
            RpcError error = method == null ? RpcError.MethodNotFound() : CheckDeadline(request) ?? CheckParams(method, request.Params);
            if (error != null)
            {
                return key == null ? Ignore() : Refuse(request, error);
            }

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

            if (key == null)
            {
                return null;
            }

            byte[] answer = _writer.ToArray();
            _memory.Add(key, answer, _clock.Uptime);
            return new Answer(request.From, answer);
        }

        private RpcError Invoke(IMethod method, Request request)
        {
            try
            {
                _writer.Name("result");
                RpcError error = method.Invoke(request, _writer);
                _writer.EndObject();
                return error == null && _writer.IsTooLong ? RpcError.InternalError("the answer is too long") : error;
            }
            catch (Exception e)
            {
                _counters.Exceptions++;
                return RpcError.InternalError(e.GetType().Name);
            }
        }

        private IMethod Find(string name)
        {
            for (int i = 0; i < _methods.Length; i++)
            {
                if (_methods[i].Name == name)
                {
                    return _methods[i];
                }
            }

            return null;
        }

        private RpcError CheckDeadline(Request request)
        {
            if (!request.HasDeadline)
            {
                return null;
            }

            // Without a clock nobody can say whether it is too late: then it is not carried out.
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
                int i = 0;
                while (i < known.Length && !_reader.NameEquals(name, known[i].Name))
                {
                    i++;
                }

                if (i == known.Length)
                {
                    _reader.TryGetString(name, out string text);
                    return RpcError.InvalidParams(text, "not a param of this method");
                }
            }

            return null;
        }

        private Answer Ignore()
        {
            _counters.Refused++;
            return null;
        }

        private Answer Refuse(Request request, RpcError error)
        {
            _counters.Refused++;
            WriteError(request, error);
            return new Answer(request.From, _writer.ToArray());
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
            _writer.BeginObject();
            _writer.Name("jsonrpc");
            _writer.RawText("\"2.0\"");
            _writer.Name("id");
            request.WriteId(_writer);
        }
    }
}
