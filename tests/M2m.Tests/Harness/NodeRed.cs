using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace M2m.Tests.Harness;

/// <summary>Node-RED of npm (tests/NodeRed) on loopback, with a folder of its own.</summary>
internal sealed class NodeRed : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly StringBuilder _debug = new();
    private readonly ClientWebSocket _sidebar = new();
    private readonly HttpClient _http;
    private readonly Process _process;
    private readonly Task<string> _said;

    private NodeRed(int port)
    {
        _http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")) };
        File.WriteAllText(Path.Combine(_folder, "settings.js"), string.Create(CultureInfo.InvariantCulture, $$"""
            module.exports = {
                uiHost: "127.0.0.1", uiPort: {{port}}, userDir: {{JsonSerializer.Serialize(_folder)}}, flowFile: "flows.json", credentialSecret: false,
                telemetry: { enabled: false, updateNotification: false }, externalModules: { palette: { allowInstall: false } },
            };
            """));
        _process = Process.Start(new ProcessStartInfo("node", [Script, "--settings", Path.Combine(_folder, "settings.js")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _said = _process.StandardOutput.ReadToEndAsync();
        _ = _process.StandardError.ReadToEndAsync();
    }

    private static string Script => Path.Combine(NativeSimTests.Repository, "tests", "NodeRed", "node_modules", "node-red", "red.js");

    public static async Task<NodeRed> StartAsync()
    {
        Brokers.Require(File.Exists(Script) ? Script : null, "node-red (npm install in tests/NodeRed)");
        var nodeRed = new NodeRed(FreePort.Next());
        await Wait.ForAsync(() => nodeRed._process.HasExited || nodeRed.Answers(), () => "Node-RED does not answer");
        Assert.IsFalse(nodeRed._process.HasExited, nodeRed._process.HasExited ? await nodeRed._said : null);
        await nodeRed._sidebar.ConnectAsync(new Uri($"ws://{nodeRed._http.BaseAddress!.Authority}/comms"), CancellationToken.None);
        _ = nodeRed.ReadSidebarAsync();
        return nodeRed;
    }

    public async Task DeployAsync(JsonNode flow)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("flows", flow);
        Assert.IsTrue(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task PressAsync(string inject)
    {
        using HttpResponseMessage response = await _http.PostAsync($"inject/{inject}", null);
        Assert.IsTrue(response.IsSuccessStatusCode, response.ToString());
    }

    /// <summary>The first message that the Debug tab gets from a node and that a condition holds for.</summary>
    public async Task<JsonElement> WaitForAsync(string node, Func<JsonElement, bool> condition)
    {
        JsonElement? found = null;
        await Wait.ForAsync(() => (found = Messages().Where(data => Text(data, "id") == node && condition(data)).Cast<JsonElement?>().FirstOrDefault()) is not null, () => $"nothing of {node} in: {_debug}");
        return found!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        _sidebar.Dispose();
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, true);
    }

    public static string? Text(JsonElement data, string member) => data.TryGetProperty(member, out JsonElement value) ? value.ToString() : null;

    private bool Answers()
    {
        try
        {
            using HttpResponseMessage response = _http.Send(new HttpRequestMessage(HttpMethod.Get, "flows"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private JsonElement[] Messages()
    {
        lock (_debug)
        {
            return [.. _debug.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(line => JsonDocument.Parse(line).RootElement is { ValueKind: JsonValueKind.Array } several ? several.EnumerateArray() : [])
                .Where(message => Text(message, "topic") == "debug").Select(message => message.GetProperty("data"))];
        }
    }

    private async Task ReadSidebarAsync()
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                WebSocketReceiveResult part = await _sidebar.ReceiveAsync(buffer, CancellationToken.None);
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                if (part.EndOfMessage)
                {
                    lock (_debug)
                    {
                        _debug.Append(text).Append('\n');
                    }

                    text.Clear();
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The end of the test.
        }
    }
}
