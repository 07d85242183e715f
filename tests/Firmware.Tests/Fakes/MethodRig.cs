using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Tests.Fakes
{
    /// <summary>Carries out a method as the router does.</summary>
    public sealed class MethodRig
    {
        private readonly IMethod _method;

        public MethodRig(IMethod method)
        {
            _method = method;
        }

        /// <summary>The error of the last call, or null.</summary>
        public RpcError Error { get; private set; }

        /// <summary>The code of the last call's error, 0 without one.</summary>
        public int Code => Error == null ? 0 : Error.Code;

        /// <summary>Calls without params.</summary>
        public string Call() => Send("{'jsonrpc':'2.0','id':'7','method':'m','from':'me'}");

        /// <summary>Calls with params in single-quoted JSON.</summary>
        public string Call(string parameters) =>
            Send("{'jsonrpc':'2.0','id':'7','method':'m','from':'me','params':" + parameters + "}");

        private string Send(string text)
        {
            JsonReader reader = new JsonReader(4096);
            byte[] bytes = SingleQuoted.Bytes(text);
            reader.TryParse(bytes, 0, bytes.Length);
            Request request = new Request(reader, bytes);
            Error = request.Read();
            JsonWriter writer = new JsonWriter(256, 4096);
            Error = Error ?? _method.Invoke(request, writer);
            return Error == null ? Utf8.Text(writer.ToArray()) : null;
        }
    }
}
