using System.Globalization;

namespace Cost;

/// <summary>Code of which the tests know what it does: this assembly is instrumented for them.</summary>
public static class Sample
{
    public static int Sum(int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum = Add(sum, i);
        }

        return sum;
    }

    public static byte[] Bytes(int length) => new byte[length];

    public static object Fields() => new ThreeFields();

    public static string Text(string first, string second) => first + second;

    public static long Ticks() => Environment.TickCount64;

    public static char Last(string text) => text[^1];

    public static int Caught(object? value)
    {
        try
        {
            return value!.GetHashCode() is var hash && hash == Add(hash, 0) ? 1 : 0;
        }
        catch (NullReferenceException) when (Add(1, 1) == 2)
        {
            return Add(2, 3);
        }
        finally
        {
            Add(0, 0);
        }
    }

    private static int Add(int a, int b) => a + b;

    private sealed class ThreeFields
    {
        private readonly int _first = 1;
        private readonly long _second = 2;
        private readonly int _third = 3;

        public override string ToString() => (_first + _second + _third).ToString(CultureInfo.InvariantCulture);
    }
}
