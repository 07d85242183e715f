using Scenarios.Harness;

namespace Scenarios;

/// <summary>native-sim as a shell ends it.</summary>
[TestClass]
public sealed class SignalTests
{
    [TestMethod]
    [DataRow("INT")]
    [DataRow("TERM")]
    public async Task Signal_ends_a_run_in_order(string signal)
    {
        NativeSimProgram.Outcome outcome = await NativeSimProgram.EndAsync(signal, "--tls");
        Assert.AreEqual((0, 0L), (outcome.ExitCode, outcome.Figure("lost")), string.Join('\n', outcome.Errors));
    }
}
