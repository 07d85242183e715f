using Boards.NativeSim.View;
using M2m.Client.Arguments;
using M2m.Client.View;

namespace Boards.NativeSim;

/// <summary>The simulated ESP32: <c>dotnet run --project boards/native-sim -- --help</c>.</summary>
internal static class Program
{
    private const int Failed = 1;
    private const int WrongArguments = 2;

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(2);

    /// <summary>Says in one line what went wrong.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <returns>The exit code.</returns>
    public static int Fail(Exception failure) =>
        Say(failure is IOException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}", Failed);

    private static int Main(string[] args)
    {
        int exitCode = Execute(args);
        ExitSoon(exitCode);
        return exitCode;
    }

    private static int Execute(string[] args)
    {
        try
        {
            return new CommandLine(options => options.ImageFolder is null ? new Run(options).Execute() : ImageCommand.Execute(options)).Invoke(args);
        }
        catch (UsageException e)
        {
            return Say($"{e.Message} (--help explains all options)", WrongArguments);
        }
        catch (Exception e)
        {
            return Fail(e);
        }
    }

    private static int Say(string message, int exitCode)
    {
        Console.Error.WriteLine("native-sim: " + PrintableText.Clean(message));
        return exitCode;
    }

    // The port's threads keep the process until they have said goodbye to the broker, unless that one hangs.
    private static void ExitSoon(int exitCode)
    {
        var guard = new Thread(() =>
        {
            Thread.Sleep(ExitPatience);
            Environment.Exit(exitCode);
        });
        guard.IsBackground = true;
        guard.Start();
    }
}
