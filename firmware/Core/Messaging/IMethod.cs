using Firmware.Json;

namespace Firmware.Messaging
{
    /// <summary>A method that a client can call with a request.</summary>
    public interface IMethod
    {
        /// <summary>The name that a request gives.</summary>
        string Name { get; }

        /// <summary>The params it understands; a request with another one is refused before. Created at each call.</summary>
        Param[] Params { get; }

        /// <summary>Carries out a request.</summary>
        /// <param name="request">The request; it and its reader mean nothing after the call.</param>
        /// <param name="result">Receives one JSON value: the result.</param>
        /// <returns>Null, or the error; what was written is dropped then.</returns>
        RpcError Invoke(Request request, JsonWriter result);
    }
}
