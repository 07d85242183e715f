using Firmware.Json;

namespace Firmware.Messaging
{
    /// <summary>Why a request was not carried out: an error object of JSON-RPC 2.0 section 5.1.</summary>
    public sealed class RpcError
    {
        /// <summary>Not JSON.</summary>
        public const int ParseErrorCode = -32700;

        /// <summary>JSON, but not a request.</summary>
        public const int InvalidRequestCode = -32600;

        /// <summary>There is no such method.</summary>
        public const int MethodNotFoundCode = -32601;

        /// <summary>The params do not fit the method.</summary>
        public const int InvalidParamsCode = -32602;

        /// <summary>The method failed.</summary>
        public const int InternalErrorCode = -32603;

        /// <summary>Busy: try again later.</summary>
        public const int BusyCode = -32000;

        /// <summary>The deadline has passed.</summary>
        public const int DeadlinePassedCode = -32001;

        /// <summary>The sensor or actuator does not respond.</summary>
        public const int NotAvailableCode = -32002;

        /// <summary>The client may not do that.</summary>
        public const int NotAllowedCode = -32003;

        /// <summary>The revision or the state does not fit.</summary>
        public const int ConflictCode = -32004;

        private const int MaxText = 160;

        private RpcError(int code, string message, string param, string reason)
        {
            Code = code;
            Message = message;
            Param = param;
            Reason = reason;
        }

        /// <summary>The number that a program looks at.</summary>
        public readonly int Code;

        /// <summary>The number's meaning.</summary>
        public readonly string Message;

        /// <summary>The param or member that is wrong, or null.</summary>
        public readonly string Param;

        /// <summary>What is wrong with it, for people, or null.</summary>
        public readonly string Reason;

        /// <summary>Seconds after which to try again, 0 when that is not known.</summary>
        public int RetryAfter;

        /// <summary>
        /// Name of a further member of the error's data, and its JSON value; null without one. For what does not fit in one
        /// reason, e.g. a result for each key.
        /// </summary>
        public string DetailName;

        /// <summary>The value of <see cref="DetailName"/> as JSON.</summary>
        public byte[] Detail;

        /// <summary>Not JSON.</summary>
        /// <param name="reason">At which byte and why.</param>
        /// <returns>The error.</returns>
        public static RpcError ParseError(string reason) => new RpcError(ParseErrorCode, "Parse error", null, reason);

        /// <summary>JSON, but not a request.</summary>
        /// <param name="member">The member that is wrong, or null.</param>
        /// <param name="reason">What is wrong.</param>
        /// <returns>The error.</returns>
        public static RpcError InvalidRequest(string member, string reason) => new RpcError(InvalidRequestCode, "Invalid request", member, reason);

        /// <summary>There is no such method.</summary>
        /// <returns>The error.</returns>
        public static RpcError MethodNotFound() => new RpcError(MethodNotFoundCode, "Method not found", null, "the method 'methods' lists them");

        /// <summary>The params do not fit the method.</summary>
        /// <param name="param">Which.</param>
        /// <param name="reason">What is wrong with it.</param>
        /// <returns>The error.</returns>
        public static RpcError InvalidParams(string param, string reason) => new RpcError(InvalidParamsCode, "Invalid params", param, reason);

        /// <summary>The method failed.</summary>
        /// <param name="reason">How.</param>
        /// <returns>The error.</returns>
        public static RpcError InternalError(string reason) => new RpcError(InternalErrorCode, "Internal error", null, reason);

        /// <summary>Busy: try again later.</summary>
        /// <param name="param">What it concerns, or null.</param>
        /// <param name="reason">Why.</param>
        /// <returns>The error.</returns>
        public static RpcError Busy(string param, string reason) => new RpcError(BusyCode, "Busy", param, reason);

        /// <summary>The deadline has passed.</summary>
        /// <returns>The error.</returns>
        public static RpcError DeadlinePassed() => new RpcError(DeadlinePassedCode, "Deadline passed", "deadline", null);

        /// <summary>The sensor or actuator does not respond.</summary>
        /// <param name="param">Which.</param>
        /// <param name="reason">Why.</param>
        /// <returns>The error.</returns>
        public static RpcError NotAvailable(string param, string reason) => new RpcError(NotAvailableCode, "Not available", param, reason);

        /// <summary>The client may not do that.</summary>
        /// <param name="param">What, or null.</param>
        /// <param name="reason">Why.</param>
        /// <returns>The error.</returns>
        public static RpcError NotAllowed(string param, string reason) => new RpcError(NotAllowedCode, "Not allowed", param, reason);

        /// <summary>The revision or the state does not fit.</summary>
        /// <param name="param">What, or null.</param>
        /// <param name="reason">Why.</param>
        /// <returns>The error.</returns>
        public static RpcError Conflict(string param, string reason) => new RpcError(ConflictCode, "Conflict", param, reason);

        /// <summary>The state does not fit yet.</summary>
        /// <param name="param">What, or null.</param>
        /// <param name="reason">Why.</param>
        /// <param name="retryAfter">In how many seconds it may, 0 when that is not known.</param>
        /// <returns>The error.</returns>
        public static RpcError Conflict(string param, string reason, int retryAfter) =>
            new RpcError(ConflictCode, "Conflict", param, reason) { RetryAfter = retryAfter };

        /// <summary>Busy: try again later.</summary>
        /// <param name="retryAfter">In how many seconds.</param>
        /// <returns>The error.</returns>
        public static RpcError TooMany(int retryAfter) => new RpcError(BusyCode, "Busy", null, "too many requests") { RetryAfter = retryAfter };

        /// <summary>The params do not fit; says what is wrong with each.</summary>
        /// <param name="param">The first that is wrong.</param>
        /// <param name="reason">What is wrong with it.</param>
        /// <param name="name">Name of the member of the data with one result for each.</param>
        /// <param name="detail">Its JSON value.</param>
        /// <returns>The error.</returns>
        public static RpcError InvalidParams(string param, string reason, string name, byte[] detail) =>
            new RpcError(InvalidParamsCode, "Invalid params", param, reason) { DetailName = name, Detail = detail };

        internal void Write(JsonWriter writer)
        {
            writer.BeginObject();
            writer.Member("code", Code);
            writer.Member("message", Message);
            if (Param != null || Reason != null || RetryAfter != 0 || Detail != null)
            {
                writer.Name("data");
                writer.BeginObject();
                WriteMember(writer, "param", Param);
                WriteMember(writer, "reason", Reason);
                if (RetryAfter != 0)
                {
                    writer.Member("retryAfter", RetryAfter);
                }

                if (Detail != null)
                {
                    writer.Name(DetailName);
                    writer.Raw(Detail, 0, Detail.Length);
                }

                writer.EndObject();
            }

            writer.EndObject();
        }

        private static void WriteMember(JsonWriter writer, string name, string value)
        {
            if (value != null)
            {
                // The client's text may be long: an error always fits.
                writer.Name(name);
                writer.String(value.Length > MaxText ? value.Substring(0, MaxText) + "..." : value);
            }
        }
    }
}
