using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace M2m.Tests.Harness;

/// <summary>A real InfluxDB on loopback, in a folder of its own.</summary>
internal sealed class InfluxServer : IAsyncDisposable
{
    private const string Executable = "/usr/bin/influxd";
    private const string Database = "m2m";

    private readonly string _folder = Directory.CreateTempSubdirectory("influxd-").FullName;
    private readonly HttpClient _client = new();
    private Process? _process;
    private string _url = string.Empty;

    public static async Task<InfluxServer> StartAsync()
    {
        Brokers.Require(File.Exists(Executable) ? Executable : null, "influxdb");
        var server = new InfluxServer();
        int port = FreePort.Next();
        int own = FreePort.Next();
        server._url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        string config = Path.Combine(server._folder, "influxdb.conf");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{own}"
            [meta]
            dir = "{server._folder}/meta"
            [data]
            dir = "{server._folder}/data"
            wal-dir = "{server._folder}/wal"
            [http]
            bind-address = "127.0.0.1:{port}"
            """));
        server._process = Process.Start(new ProcessStartInfo(Executable, ["-config", config]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        server._process.OutputDataReceived += (_, _) => { };
        server._process.ErrorDataReceived += (_, _) => { };
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await Wait.ForAsync(server.IsReady, () => "influxd does not serve");
        _ = await server.AskAsync($"CREATE DATABASE {Database}");
        return server;
    }

    /// <summary>Null, or why lines are refused.</summary>
    public async Task<string?> WriteAsync(string lines)
    {
        using HttpResponseMessage response = await _client.PostAsync($"{_url}/write?db={Database}", new StringContent(lines));
        return response.IsSuccessStatusCode ? null : await response.Content.ReadAsStringAsync();
    }

    /// <summary>A row a line: the values that are not null, with a | between.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string query)
    {
        JsonElement result = (await AskAsync(query)).GetProperty("results")[0];
        Assert.IsTrue(result.TryGetProperty("series", out JsonElement series), $"{query}: {result}");
        return [.. series.EnumerateArray().SelectMany(one => one.GetProperty("values").EnumerateArray())
            .Select(row => string.Join('|', row.EnumerateArray().Where(value => value.ValueKind != JsonValueKind.Null).Select(value => value.ToString())))];
    }

    public async ValueTask DisposeAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        Directory.Delete(_folder, true);
    }

    private bool IsReady()
    {
        try
        {
            using HttpResponseMessage response = _client.Send(new HttpRequestMessage(HttpMethod.Get, _url + "/ping"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonElement> AskAsync(string query)
    {
        using HttpResponseMessage response = await _client.PostAsync($"{_url}/query?db={Database}&epoch=ns&q={Uri.EscapeDataString(query)}", null);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
