using System.Text;
using System.Text.Json;
using CsCheck;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Scenarios.Properties;

[TestClass]
public sealed class RouterPropertyTests
{
    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "null", "true", "1", "-0", "1e9", "1.5", " ",
        "\"jsonrpc\":\"2.0\"", "\"id\":1", "\"id\":\"x\"", "\"id\":null", "\"method\":\"echo\"", "\"method\":\"throw\"",
        "\"params\":{}", "\"params\":{\"value\":[1]}", "\"params\":[]", "\"from\":\"a\"", "\"from\":\"a/b\"", "\"deadline\":1", "\"deadline\":9e99", "\0", "é",
    ];

    private static readonly Gen<byte[]> FragmentBytes = Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]).Array[0, 24].Select(parts => Encoding.UTF8.GetBytes("{" + string.Join(',', parts) + "}"));

    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(Gen.Byte.Array[0, 300], FragmentBytes);

    [TestMethod]
    public void No_byte_string_gets_more_than_a_typed_error_or_a_result() => AnyBytes.Sample(
        bytes =>
        {
            Response? answer = CreateRouter(out Counters counters).Handle(bytes, false, false, false, false);
            if (answer is not null)
            {
                using JsonDocument response = JsonDocument.Parse(answer.Payload);
                JsonElement root = response.RootElement;
                Assert.IsTrue(TopicLevel.IsValid(answer.Client));
                Assert.AreEqual("2.0", root.GetProperty("jsonrpc").GetString());
                Assert.IsTrue(root.TryGetProperty("result", out _) ^ root.TryGetProperty("error", out _));
            }

            // Each message is counted once, whatever it was.
            Assert.AreEqual(1, counters.Requests + counters.Refused);
        },
        iter: 20_000);

    [TestMethod]
    public void A_request_with_any_id_and_any_value_comes_back_with_both() => Gen.Select(Gen.String[0, 20], Gen.String[0, 60]).Sample(
        (id, value) =>
        {
            string text = JsonSerializer.Serialize(new { jsonrpc = "2.0", id, method = "echo", @params = new { value } });
            Response? answer = CreateRouter(out _).Handle(Encoding.UTF8.GetBytes(text), false, false, false, false);
            if (text.Length > 400)
            {
                // An id of more than 64 bytes as it stands is refused.
                return;
            }

            using JsonDocument response = JsonDocument.Parse(answer!.Payload);
            if (response.RootElement.TryGetProperty("result", out JsonElement result))
            {
                using JsonDocument request = JsonDocument.Parse(text);
                Assert.AreEqual(request.RootElement.GetProperty("id").GetRawText(), response.RootElement.GetProperty("id").GetRawText());
                Assert.AreEqual(request.RootElement.GetProperty("params").GetProperty("value").GetString(), result.GetString());
            }
            else
            {
                Assert.IsGreaterThan(64 + 2, JsonSerializer.Serialize(id).Length);
            }
        },
        iter: 5_000);

    private static RequestRouter CreateRouter(out Counters counters)
    {
        counters = new Counters();
        return new RequestRouter(new EchoOrThrow(), new StoppedClock(), counters);
    }

    private sealed class EchoOrThrow : IMethodSet
    {
        private readonly IMethod[] _methods = [new EchoMethod(), new ThrowingMethod()];

        public IMethod Find(string name) => Array.Find(_methods, method => method.Name == name)!;

        public IMethod[] All() => _methods;
    }

    private sealed class EchoMethod : IMethod
    {
        public string Name => "echo";

        public Param[] Params { get; } = [new("value", "anything")];

        public RpcError? Invoke(Request request, JsonWriter result)
        {
            int value = request.Find("value");
            if (value == JsonReader.None || !request.Reader.TryGetBytes(value, out byte[] utf8))
            {
                result.Null();
            }
            else
            {
                result.String(Encoding.UTF8.GetString(utf8));
            }

            return null;
        }
    }

    private sealed class ThrowingMethod : IMethod
    {
        public string Name => "throw";

        public Param[] Params { get; } = [];

        public RpcError Invoke(Request request, JsonWriter result) => throw new InvalidOperationException("on purpose");
    }

    private sealed class StoppedClock : IClock
    {
        public long Uptime => 0;

        public bool IsSynchronized => true;

        public long UtcSeconds => 1_795_366_425;

        public long UtcMilliseconds => UtcSeconds * 1000;

        public long SynchronizedAt => 0;

        public long AnsweredAt => -1;

        public long Answer => 0;

        public void SetUtc(long utcMilliseconds, bool isAnswer)
        {
        }

        public void AskTime(string[] servers)
        {
        }

        public void Wait(int milliseconds)
        {
        }

        public void Wake()
        {
        }
    }
}
