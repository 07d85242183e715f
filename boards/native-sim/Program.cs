using M2m.Client.Arguments;
using M2m.Client.View;

namespace Boards.NativeSim;

internal static class Program
{
    private const int Failed = 1;
    private const int WrongArguments = 2;

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(2);

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

    // The port's threads keep the process alive until they have disconnected, unless the broker hangs.
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
