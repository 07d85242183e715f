using System.Diagnostics;

namespace M2m.Tests.Harness;

internal static class Wait
{
    private const int PollMs = 20;

    public static async Task ForAsync(Func<bool> condition, Func<string> otherwise)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begin) > Tool.Patience)
            {
                Assert.Fail(otherwise());
            }

            await Task.Delay(PollMs);
        }
    }
}
