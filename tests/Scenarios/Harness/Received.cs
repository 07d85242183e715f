using System.Text;
using System.Text.Json;

namespace Scenarios.Harness;

/// <summary>A message that the test's own client received.</summary>
internal sealed record Received(string Topic, byte[] Payload, bool Retain)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public JsonElement Json
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(Payload);
            return document.RootElement.Clone();
        }
    }
}
