using System.Text.Json.Nodes;
using static Scenarios.Protocol.Shape;

namespace Scenarios.Protocol;

/// <summary>Requests and responses (JSON-RPC 2.0): methods and the meaning of params are the device's, types and results are described by hand.</summary>
internal static class RequestShapes
{
    public const string RequestSuffix = ".request";
    public const string ResponseSuffix = ".response";
    public const string Error = "error";

    /// <exception cref="InvalidOperationException">The device has a method or a param that is not described, or the reverse.</exception>
    public static IEnumerable<MessageShape> Requests(JsonObject methods)
    {
        Compare("method", methods, MethodShapes.All.Keys);
        return methods.Select(method =>
        {
            JsonObject parameters = MethodShapes.All[method.Key].Params;
            JsonObject shapes = parameters["properties"]!.AsObject();
            Compare("param of " + method.Key, method.Value!.AsObject(), shapes.Select(shape => shape.Key).Where(name => name != "spread"));
            foreach ((string name, JsonNode? meaning) in method.Value!.AsObject())
            {
                if (!shapes[name]!.AsObject().ContainsKey("$ref"))
                {
                    shapes[name]!["description"] = meaning!.GetValue<string>();
                }
            }

            bool isNeeded = parameters["required"]!.AsArray().Count > 0;
            JsonObject request = Record(
                ("jsonrpc", Const("2.0")),
                ("id?", Ref("id")),
                ("method", Const(method.Key)),
                isNeeded ? ("params", parameters) : ("params?", OrNone(parameters)),
                ("from?", Ref("client")),
                ("deadline?", Ref("deadline")));
            request["additionalProperties"] = true;
            return new MessageShape(method.Key + RequestSuffix, $"Calls {method.Key}.", request);
        });
    }

    private static JsonObject OrNone(JsonObject parameters) =>
        AnyOf(parameters, new JsonObject { ["type"] = "null" }, new JsonObject { ["type"] = "array", ["maxItems"] = 0 });

    public static IEnumerable<MessageShape> Responses(JsonObject methods)
    {
        IEnumerable<MessageShape> results = methods.Select(method => new MessageShape(
            method.Key + ResponseSuffix,
            $"The result of {method.Key}.",
            Record(("jsonrpc", Const("2.0")), ("id", Ref("id")), ("result", MethodShapes.All[method.Key].Result))));
        JsonObject id = AnyOf(Ref("id"), new JsonObject { ["type"] = "null" });
        return results.Append(new(
            Error,
            "The request was refused, or failed.",
            Record(("jsonrpc", Const("2.0")), ("id", id), ("error", Ref("error")))));
    }

    private static void Compare(string what, JsonObject device, IEnumerable<string> described)
    {
        string[] names = [.. device.Select(member => member.Key)];
        string[] different = [.. names.Except(described), .. described.Except(names)];
        if (different.Length > 0)
        {
            throw new InvalidOperationException($"MethodShapes and the device differ in {what}: {string.Join(", ", different)}");
        }
    }
}
