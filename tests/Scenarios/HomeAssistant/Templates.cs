using System.Diagnostics;
using System.Text.Json;

namespace Scenarios.HomeAssistant;

/// <summary>Evaluates templates with Jinja2 in the way of Home Assistant. One that Home Assistant would log a warning for fails the test.</summary>
internal sealed class Templates : IDisposable
{
    private readonly Process _process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "templates.py")])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>What a template gives for a message.</summary>
    public string OfMessage(string template, JsonElement message, DateTime now) => Evaluate(template, message, null, now);

    /// <summary>What a template of a command gives for a value.</summary>
    public string OfValue(string template, double value) => Evaluate(template, null, value, DateTime.UnixEpoch);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Evaluate(string template, JsonElement? message, double? value, DateTime now)
    {
        // A whole number has no decimals there.
        object? number = value is { } given && given == Math.Floor(given) ? (long)given : value;
        double seconds = (now - DateTime.UnixEpoch).TotalSeconds;
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { template, json = message, value = number, now = seconds }));
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("no answer for " + template);
        using var answer = JsonDocument.Parse(line);
        JsonElement warnings = answer.RootElement.GetProperty("warnings");
        Assert.AreEqual(0, warnings.GetArrayLength(), $"{warnings}: {template} {message}");
        return answer.RootElement.GetProperty("text").GetString()!;
    }
}
