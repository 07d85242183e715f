using M2m.Arguments;
using M2m.Client;
using M2m.Client.Arguments;
using M2m.Client.View;

namespace M2m;

internal static class Program
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongArguments = 2;

    private static async Task<int> Main(string[] args)
    {
        using var interruption = new Interruption();
        try
        {
            return await new CommandLine(interruption).InvokeAsync(args).ConfigureAwait(false);
        }
        catch (Exception) when (interruption.Token.IsCancellationRequested)
        {
            return Say("interrupted", Failed);
        }
        catch (UsageException e)
        {
            return Say($"{e.Message} (--help explains all)", WrongArguments);
        }
        catch (FailedException e)
        {
            return Say(e.Message, Failed);
        }
        catch (IOException e) when (StandardOutput.IsClosed(e))
        {
            // The reader closed the pipe.
            return Done;
        }
        catch (Exception e)
        {
            return Say($"{e.GetType().Name}: {e.Message}", Failed);
        }
    }

    private static int Say(string message, int exitCode)
    {
        Console.Error.WriteLine("m2m: " + string.Join('\n', message.Split('\n').Select(PrintableText.Clean)));
        return exitCode;
    }
}
