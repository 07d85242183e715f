using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Actuation.Methods
{
    /// <summary>
    /// <c>identify</c>: blinks the board's LED, so that a person finds it. Returns <c>{"seconds":10}</c>; -32002 when the
    /// board has no LED.
    /// </summary>
    public sealed class IdentifyMethod : IMethod
    {
        private const int DefaultSeconds = 10;
        private const int MaxSeconds = 60;

        private readonly Blinker _blinker;

        /// <summary>Creates the method.</summary>
        /// <param name="blinker">The LED.</param>
        public IdentifyMethod(Blinker blinker)
        {
            _blinker = blinker;
        }

        /// <inheritdoc/>
        public string Name => "identify";

        /// <inheritdoc/>
        public Param[] Params => new[] { new Param("seconds", "1 to 60, default 10") };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            long seconds = DefaultSeconds;
            int token = request.Find("seconds");
            if (token != JsonReader.None && (!request.Reader.TryGetInt64(token, out seconds) || seconds < 1 || seconds > MaxSeconds))
            {
                return RpcError.InvalidParams("seconds", "must be an integer from 1 to 60");
            }

            if (!_blinker.Start((int)seconds))
            {
                return RpcError.NotAvailable("led", "the board has no LED, or it does not answer");
            }

            result.BeginObject();
            result.Member("seconds", seconds);
            result.EndObject();
            return null;
        }
    }
}
