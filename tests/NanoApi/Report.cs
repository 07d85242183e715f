namespace NanoApi
{
    /// <summary>A check yields one line for each problem; a test fails with all of them at once.</summary>
    internal static class Report
    {
        public static void Expect(IEnumerable<string> problems)
        {
            string[] lines = [.. problems];
            if (lines.Length > 0)
            {
                Assert.Fail($"{lines.Length} problem(s)\n{string.Join('\n', lines)}");
            }
        }

        /// <summary>For the tests that show a check failing: one of its lines says this.</summary>
        public static void Says(string expected, IEnumerable<string> problems)
        {
            string[] lines = [.. problems];
            Assert.Contains(line => line.Contains(expected, StringComparison.Ordinal), lines, string.Join('\n', lines));
        }
    }
}
