using System.Collections.Concurrent;

namespace Scenarios.Protocol;

/// <summary>Fails the test in which a device published something that is not in the document.</summary>
[TestClass]
public sealed class ProtocolCheck
{
    private const string Switch = "UPDATE_DOCS";

    private static readonly ConcurrentQueue<string> Violations = new();

    /// <summary>Whether the tests write the document instead of comparing it.</summary>
    internal static bool IsUpdate => Environment.GetEnvironmentVariable(Switch) == "1";

    /// <summary>Checks a message that a client of a test received.</summary>
    internal static void Take(MessageCheck? check, string topic, byte[] payload)
    {
        try
        {
            if (check?.Check(topic, payload) is { } violation)
            {
                Violations.Enqueue(violation);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The client that calls this would swallow it.
            Violations.Enqueue($"{topic}: {e}");
        }
    }

    /// <summary>A check for one client; null while the document is written.</summary>
    internal static MessageCheck? Begin() => IsUpdate ? null : new MessageCheck(Contract.Committed);

    [GlobalTestCleanup]
    public static void FailTheTestThatSawAViolation(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string[] violations = [.. Violations];
        Violations.Clear();
        context.WriteLine($"messages checked up to now: {MessageCheck.Checked.Values.Sum()} of {MessageCheck.Checked.Count} kinds");
        Assert.IsEmpty(violations, "messages that are not in firmware/docs/asyncapi.json:\n" + string.Join('\n', violations.Take(3)));
    }
}
