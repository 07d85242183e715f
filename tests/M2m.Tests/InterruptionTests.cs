using System.Runtime.InteropServices;
using M2m.Client;

namespace M2m.Tests;

[TestClass]
public class InterruptionTests
{
    [TestMethod]
    [DataRow(PosixSignal.SIGINT)]
    [DataRow(PosixSignal.SIGTERM)]
    [DataRow(PosixSignal.SIGHUP)]
    public void First_signal_cancels(PosixSignal signal)
    {
        using var interruption = new Interruption();
        interruption.OnSignal(new PosixSignalContext(signal));
        Assert.IsTrue(interruption.Token.IsCancellationRequested);
    }

    [TestMethod]
    [DataRow(PosixSignal.SIGTERM, PosixSignal.SIGTERM, false)]
    [DataRow(PosixSignal.SIGINT, PosixSignal.SIGTERM, false)]
    [DataRow(PosixSignal.SIGINT, PosixSignal.SIGINT, true)]
    [DataRow(PosixSignal.SIGTERM, PosixSignal.SIGINT, true)]
    public void Only_ctrl_c_ends_the_process_at_once_when_it_comes_second(PosixSignal first, PosixSignal second, bool ends)
    {
        using var interruption = new Interruption { BeforeAbort = () => throw new TimeoutException("the process would end here") };
        interruption.OnSignal(new PosixSignalContext(first));
        bool ended = false;
        try
        {
            interruption.OnSignal(new PosixSignalContext(second));
        }
        catch (TimeoutException)
        {
            ended = true;
        }

        Assert.AreEqual(ends, ended);
    }
}
