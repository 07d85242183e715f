using System;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Messaging
{
    /// <summary>The members of a request around its params (JSON-RPC 2.0 section 4, with "from" and "deadline").</summary>
    public sealed class Request
    {
        /// <summary>Names the response topic when the client gives no name.</summary>
        public const string AnyClient = "any";

        private const int MaxId = 64;
        private const int Quotes = 2;
        private const int DeadlineScale = 9;
        private const long DeadlineUnit = 1000000000;

        private readonly byte[] _payload;

        /// <summary>Creates a request that <see cref="Read"/> fills.</summary>
        /// <param name="reader">Holds the parsed payload; null when it could not be parsed.</param>
        /// <param name="payload">The bytes of the message.</param>
        public Request(JsonReader reader, byte[] payload)
        {
            Reader = reader;
            _payload = payload;
        }

        /// <summary>The parsed request.</summary>
        public readonly JsonReader Reader;

        /// <summary>Names the response topic.</summary>
        public string From = AnyClient;

        /// <summary>The method's name, or null.</summary>
        public string Method;

        /// <summary>Token of the params object, or <see cref="JsonReader.None"/>.</summary>
        public int Params = JsonReader.None;

        /// <summary>Token of the id, or <see cref="JsonReader.None"/>: then there is no response.</summary>
        public int Id = JsonReader.None;

        /// <summary>Whether there is an id, valid or not.</summary>
        public bool HasId;

        /// <summary>Whether there is a deadline.</summary>
        public bool HasDeadline;

        /// <summary>Epoch seconds after which the request is not carried out.</summary>
        public long Deadline;

        /// <summary>Finds a param.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The token of its value, or <see cref="JsonReader.None"/>.</returns>
        public int Find(string name) => Reader.Find(Params, name);

        /// <summary>Writes the id as it came, or null without one.</summary>
        /// <param name="writer">Receives it.</param>
        public void WriteId(JsonWriter writer)
        {
            if (Id == JsonReader.None)
            {
                writer.Null();
            }
            else
            {
                writer.Raw(_payload, Reader.StartOf(Id), Reader.LengthOf(Id));
            }
        }

        /// <summary>The id as it came, for an event that reports the end of what the request began.</summary>
        /// <returns>A JSON value as UTF-8, or null without an id.</returns>
        public byte[] CopyId()
        {
            if (Id == JsonReader.None)
            {
                return null;
            }

            byte[] id = new byte[Reader.LengthOf(Id)];
            Array.Copy(_payload, Reader.StartOf(Id), id, 0, id.Length);
            return id;
        }

        /// <summary>Reads the envelope. What was understood before an error is kept, so that the client gets an error response.</summary>
        /// <returns>Null, or what is wrong.</returns>
        public RpcError Read()
        {
            JsonReader reader = Reader;
            if (reader.KindOf(0) != JsonKind.Object)
            {
                return RpcError.InvalidRequest(null, "must be a JSON object");
            }

            // One walk over all members, also after an error: the id decides whether there is a response.
            RpcError error = null;
            RpcError paramsError = null;
            bool isVersion2 = false;
            for (int name = reader.First(0); name != JsonReader.None; name = reader.Next(name))
            {
                reader.TryGetString(name, out string key);
                int value = reader.ValueOf(name);
                RpcError wrong = null;

                // The lengths of the names differ: one comparison for each.
                switch (key == null ? 0 : key.Length)
                {
                    case 2:
                        wrong = key == "id" ? ReadId(reader, value) : null;
                        break;
                    case 4:
                        wrong = key == "from" ? ReadFrom(reader, value) : null;
                        break;
                    case 6:
                        wrong = key == "method" ? ReadMethod(reader, value) : null;
                        paramsError = key == "params" ? ReadParams(reader, value) : paramsError;
                        break;
                    case 7:
                        isVersion2 = key == "jsonrpc" ? reader.TryGetString(value, out string version) && version == "2.0" : isVersion2;
                        break;
                    case 8:
                        wrong = key == "deadline" ? ReadDeadline(reader, value) : null;
                        break;
                }

                error = wrong ?? error;
            }

            if (error == null && Method == null)
            {
                error = RpcError.InvalidRequest("method", "must be a string");
            }

            error = error == null && !isVersion2 ? RpcError.InvalidRequest("jsonrpc", "must be \"2.0\"") : error;

            // What is no request is that, whatever its params are.
            return error ?? paramsError;
        }

        private RpcError ReadFrom(JsonReader reader, int from)
        {
            if (!reader.TryGetString(from, out string name) || !TopicLevel.IsValid(name))
            {
                return RpcError.InvalidRequest("from", "must be 1 to 32 of A-Z a-z 0-9 _ -");
            }

            From = name;
            return null;
        }

        private RpcError ReadId(JsonReader reader, int id)
        {
            HasId = true;
            Id = JsonReader.None;
            JsonKind kind = reader.KindOf(id);
            bool isInteger = kind == JsonKind.Number && IsInteger(_payload, reader.StartOf(id), reader.LengthOf(id));
            if ((kind != JsonKind.String && !isInteger) || reader.LengthOf(id) > MaxId + (isInteger ? 0 : Quotes))
            {
                return RpcError.InvalidRequest("id", "must be a string or an integer of at most 64 bytes");
            }

            Id = id;
            return null;
        }

        // Of any length: it goes back as it came.
        private static bool IsInteger(byte[] number, int at, int length)
        {
            int end = at + length;
            at += number[at] == '-' ? 1 : 0;
            while (at < end && number[at] <= '9' && number[at] >= '0')
            {
                at++;
            }

            return at == end;
        }

        private RpcError ReadMethod(JsonReader reader, int method)
        {
            if (!reader.TryGetString(method, out string name))
            {
                return RpcError.InvalidRequest("method", "must be a string");
            }

            Method = name;
            return null;
        }

        private RpcError ReadDeadline(JsonReader reader, int deadline)
        {
            // With nine decimals the far future does not fit; whole seconds always do.
            HasDeadline = reader.TryGetFixed(deadline, DeadlineScale, out long nanoseconds);
            if (HasDeadline)
            {
                Deadline = nanoseconds / DeadlineUnit;
                return null;
            }

            HasDeadline = reader.TryGetInt64(deadline, out long seconds);
            Deadline = seconds;
            return HasDeadline ? null : RpcError.InvalidRequest("deadline", "must be epoch seconds");
        }

        private RpcError ReadParams(JsonReader reader, int parameters)
        {
            JsonKind kind = reader.KindOf(parameters);
            Params = kind == JsonKind.Object ? parameters : JsonReader.None;
            bool isNone = kind == JsonKind.Null || (kind == JsonKind.Array && reader.Count(parameters) == 0);
            return kind == JsonKind.Object || isNone ? null : RpcError.InvalidParams("params", "must be an object");
        }
    }
}
