using System.Diagnostics;
using System.Text.RegularExpressions;
using Firmware.Tests.Fakes;

namespace Scenarios.Gateway;

/// <summary>The other sides that firmware/docs/lines.md shows, run as they stand there against the device.</summary>
[TestClass]
public sealed partial class LinesPageTests
{
    private const string Pump = "'pump':{'protocol':'lines','interval':10,'channels':'temperature 0.01 Cel, relay rw'}";

    // The part of the Arduino core that the page uses; time passes a hundred times as fast.
    private const string Arduino = """
        #include <chrono>
        #include <cstdio>
        #include <poll.h>
        #include <unistd.h>
        enum { OUTPUT = 1 };
        static void pinMode(int, int) {}
        static void digitalWrite(int, int) {}
        static unsigned long millis() {
          using namespace std::chrono;
          static const auto start = steady_clock::now();
          return (unsigned long)duration_cast<milliseconds>(steady_clock::now() - start).count() * 100;
        }
        static struct {
          bool isOver = false;
          void begin(long) { setvbuf(stdout, nullptr, _IOLBF, 0); }
          int available() { pollfd in = {0, POLLIN, 0}; return !isOver && poll(&in, 1, 5) > 0; }
          int read() { char c = 0; isOver = ::read(0, &c, 1) != 1; return c; }
          void print(const char *text) { fputs(text, stdout); }
          void print(int number) { printf("%d", number); }
          void print(long number) { printf("%ld", number); }
          void print(double number) { printf("%.2f", number); }
          void println(const char *text) { printf("%s\r\n", text); }
        } Serial;
        """;

    private const string ArduinoEnd = "int main() { setup(); while (!Serial.isOver) loop(); }";

    // The part of MicroPython that the page uses and Python lacks.
    private const string MicroPython = """
        import os, select, sys, time, types
        start = time.monotonic()
        time.ticks_ms = lambda: int((time.monotonic() - start) * 100000)
        time.ticks_diff = lambda later, earlier: later - earlier
        time.sleep_ms = lambda milliseconds: time.sleep(milliseconds / 1000)
        class UART:
            def __init__(self, number, baud): pass
            def write(self, text): os.write(1, text.encode())
            def read(self):
                if not select.select([0], [], [], 0)[0]: return None
                data = os.read(0, 256)
                if not data: sys.exit()
                return data
        class Pin:
            OUT = 1
            def __init__(self, number, mode): self.level = 0
            def value(self, level=None):
                if level is None: return self.level
                self.level = level
        sys.modules["machine"] = types.SimpleNamespace(UART=UART, Pin=Pin)
        exec(open(sys.argv[1]).read())
        """;

    [TestMethod]
    public void Arduino_sketch_of_the_page_sends_values_and_takes_requests()
    {
        string folder = Directory.CreateTempSubdirectory("lines").FullName;
        try
        {
            string source = Path.Combine(folder, "sketch.cpp");
            string program = Path.Combine(folder, "sketch");
            File.WriteAllText(source, Arduino + "\n" + Block("cpp") + "\n" + ArduinoEnd);
            using (Process compiler = Process.Start(new ProcessStartInfo("g++", ["-Wall", "-Werror", "-o", program, source]))!)
            {
                compiler.WaitForExit();
                Assert.AreEqual(0, compiler.ExitCode);
            }

            Judge(program);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public void MicroPython_program_of_the_page_sends_values_and_takes_requests()
    {
        string folder = Directory.CreateTempSubdirectory("lines").FullName;
        try
        {
            string runner = Path.Combine(folder, "runner.py");
            string page = Path.Combine(folder, "page.py");
            File.WriteAllText(runner, MicroPython);
            File.WriteAllText(page, Block("python"));
            Judge("python3", runner, page);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static void Judge(string program, params string[] arguments)
    {
        using Process controller = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            TextRig rig = TextRig.Online(Pump);
            rig.Come(LineWith(controller, "temperature"));
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_temperature','u':'Cel','v':21.5}"));
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_relay','v':0}"));

            // Noise, a line that is too long for it, and a request of another kind do not stop it.
            controller.StandardInput.Write("\n\u00ff{\"set\"\n" + new string('x', 300) + "\n{\"set\":\"other\",\"value\":1,\"id\":9}\n");
            StringAssert.Contains(rig.Set("pump_relay", "1"), "\"queued\":true");
            rig.Device.Run(100);
            controller.StandardInput.Write(rig.Line.Sent);
            controller.StandardInput.Flush();
            rig.Come(LineWith(controller, "\"id\""));
            Assert.AreEqual(1, rig.Events("'child-written','channel':'pump_relay'"));
            Assert.AreEqual(1, rig.PacksWith("'n':'pump_relay','v':1}"));
            StringAssert.Contains(rig.List(), "\"unknown\":0,\"refused\":0");
        }
        finally
        {
            controller.Kill();
            controller.WaitForExit();
        }
    }

    private static string LineWith(Process controller, string text)
    {
        while (true)
        {
            Task<string?> next = controller.StandardOutput.ReadLineAsync();
            Assert.IsTrue(next.Wait(TimeSpan.FromSeconds(60)), "the controller is silent");
            Assert.IsNotNull(next.Result, "the controller has ended");
            if (next.Result.Contains(text, StringComparison.Ordinal))
            {
                return next.Result;
            }
        }
    }

    private static string Block(string language)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Firmware.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        string page = File.ReadAllText(Path.Combine(folder, "firmware", "docs", "lines.md"));
        return Blocks().Matches(page).Single(block => block.Groups[1].Value == language).Groups[2].Value;
    }

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
