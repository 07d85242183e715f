#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false
// Draws firmware/docs/live-view.svg, the picture of the README, from a real run of native-sim in a terminal of tmux.
// Needs tmux and a free port 1883. From the root of the repository:
//     dotnet run .ci/draw-live-view.cs
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

const string Target = "firmware/docs/live-view.svg";
const string Device = "esp32-020000000001";
const string Socket = "draw-live-view";
const int Columns = 100;
const int Rows = 24;

if (!File.Exists("Firmware.sln"))
{
    return Fail("run it in the root of the repository");
}

Run("dotnet", "build", "tools/m2m", "-v", "quiet");
Run("dotnet", "build", "boards/native-sim", "-v", "quiet");
Run("tmux", "-L", Socket, "-f", "/dev/null", "new-session", "-d", "-x", $"{Columns}", "-y", $"{Rows}", "dotnet run --project boards/native-sim --no-build");
try
{
    WaitFor("online");
    WaitFor("Cel");
    Request("identify", "seconds=5");
    Request("read", "channels=[\"temperature\",\"humidity\"]");
    Request("settings.set", "values={\"interval\":5,\"channels.temperature.high\":15}");
    WaitFor("alarm");
    Request("read", "channels=[\"co2\"]");
    Thread.Sleep(TimeSpan.FromSeconds(2));
    string[] screen = Run("tmux", "-L", Socket, "capture-pane", "-e", "-p").TrimEnd().Split('\n');
    if (!screen[0].Contains(":1883", StringComparison.Ordinal))
    {
        return Fail("port 1883 is taken: end what listens there, so that the picture shows the default");
    }

    File.WriteAllText(Target, Picture.Draw(screen, Columns));
    Console.WriteLine($"{Target}: {screen.Length} rows");
    return 0;
}
finally
{
    Run("tmux", "-L", Socket, "kill-server");
}

static void Request(string method, string param) =>
    Run("dotnet", "run", "--project", "tools/m2m", "--no-build", "--", "request", Device, method, param, "--broker", "mqtt://127.0.0.1:1883");

static void WaitFor(string text)
{
    for (int i = 0; i < 300; i++)
    {
        if (Run("tmux", "-L", Socket, "capture-pane", "-p").Contains(text, StringComparison.Ordinal))
        {
            return;
        }

        Thread.Sleep(100);
    }

    throw new TimeoutException($"native-sim did not show \"{text}\" within 30 s");
}

static string Run(string program, params string[] arguments)
{
    using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return output;
}

static int Fail(string reason)
{
    Console.Error.WriteLine($"draw-live-view: {reason}");
    return 1;
}

/// <summary>Turns lines with SGR sequences (ECMA-48, 8.3.117) into SVG.</summary>
internal static class Picture
{
    private const double CellWidth = 8.4;
    private const int LineHeight = 19;
    private const int Margin = 18;
    private const int Bar = 30;

    // The sixteen colours of a terminal, as far as native-sim uses them: dark red to grey.
    private static readonly Dictionary<int, string> Colours = new()
    {
        [1] = "#ff7b72", [2] = "#56d364", [3] = "#e3b341", [4] = "#79c0ff", [5] = "#d2a8ff", [6] = "#56d4dd", [7] = "#d1d7e0",
        [8] = "#8b949e", [9] = "#ff7b72", [10] = "#56d364", [11] = "#e3b341", [12] = "#79c0ff", [13] = "#d2a8ff", [14] = "#56d4dd", [15] = "#ffffff",
    };

    public static string Draw(string[] lines, int columns)
    {
        string width = Number((columns * CellWidth) + (2 * Margin));
        int height = Bar + Margin + (lines.Length * LineHeight);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n");
        svg.Append("<title>The live view of native-sim in a terminal</title>\n");
        svg.Append("<!-- Drawn by .ci/draw-live-view.cs from a real run. -->\n");
        svg.Append("<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#d1d7e0;white-space:pre}.b{font-weight:bold;fill:#ffffff}.u{text-decoration:underline}</style>\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n");
        svg.Append("<circle cx=\"20\" cy=\"17\" r=\"6\" fill=\"#ff5f57\"/><circle cx=\"40\" cy=\"17\" r=\"6\" fill=\"#febc2e\"/><circle cx=\"60\" cy=\"17\" r=\"6\" fill=\"#28c840\"/>\n");
        var pen = new Pen();
        for (int row = 0; row < lines.Length; row++)
        {
            int y = Bar + ((row + 1) * LineHeight);
            foreach ((int column, string text) in pen.Runs(lines[row]))
            {
                Append(svg, pen, column, y, text);
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    // A run of one style is stretched to its columns, so that any font keeps the table straight.
    private static void Append(StringBuilder svg, Pen pen, int column, int y, string text)
    {
        string inner = text.Trim(' ');
        if (inner.Length == 0)
        {
            return;
        }

        double x = Margin + ((column + text.Length - text.TrimStart(' ').Length) * CellWidth);
        svg.Append(CultureInfo.InvariantCulture, $"<text xml:space=\"preserve\" x=\"{Number(x)}\" y=\"{y}\" textLength=\"{Number(inner.Length * CellWidth)}\" lengthAdjust=\"spacingAndGlyphs\"{pen.Attributes(Colours)}>{WebUtility.HtmlEncode(inner)}</text>\n");
    }

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The style that the last sequence left; it goes on into the next line.</summary>
    private sealed class Pen
    {
        private bool _bold;
        private bool _underlined;
        private int _colour = -1;

        public string Attributes(Dictionary<int, string> colours)
        {
            string classes = $"{(_bold ? "b" : string.Empty)} {(_underlined ? "u" : string.Empty)}".Trim();
            string fill = colours.TryGetValue(_colour, out string? colour) ? $" style=\"fill:{colour}\"" : string.Empty;
            return (classes.Length > 0 ? $" class=\"{classes}\"" : string.Empty) + fill;
        }

        public IEnumerable<(int Column, string Text)> Runs(string line)
        {
            int column = 0;
            string[] parts = line.Split("\e[");
            for (int i = 0; i < parts.Length; i++)
            {
                string text = parts[i];
                if (i > 0)
                {
                    int end = text.IndexOf('m', StringComparison.Ordinal);
                    Obey(text[..end]);
                    text = text[(end + 1)..];
                }

                if (text.Length > 0)
                {
                    yield return (column, text);
                    column += text.Length;
                }
            }
        }

        private void Obey(string parameters)
        {
            int[] codes = [.. parameters.Split(';').Select(code => int.TryParse(code, CultureInfo.InvariantCulture, out int value) ? value : 0)];
            for (int i = 0; i < codes.Length; i++)
            {
                switch (codes[i])
                {
                    case 0:
                        _bold = _underlined = false;
                        _colour = -1;
                        break;
                    case 1:
                        _bold = true;
                        break;
                    case 4:
                        _underlined = true;
                        break;
                    case >= 30 and <= 37:
                        _colour = codes[i] - 30;
                        break;
                    case >= 90 and <= 97:
                        _colour = codes[i] - 82;
                        break;
                    case 38 when i + 2 < codes.Length:
                        _colour = codes[i + 2];
                        i += 2;
                        break;
                    case 39:
                        _colour = -1;
                        break;
                }
            }
        }
    }
}
