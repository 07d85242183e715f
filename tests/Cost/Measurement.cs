using Cost.Counting;
using Cost.Instrumentation;

namespace Cost;

/// <summary>What a method cost in a scenario, averaged over its repetitions.</summary>
/// <param name="Name">Type and member.</param>
/// <param name="IsOurs">False for a method of the base library.</param>
/// <param name="Calls">How often it was entered.</param>
/// <param name="Own">Host instructions of its own IL, and of its call and return.</param>
/// <param name="Library">Host instructions of the base library's methods that it called itself.</param>
/// <param name="Objects">Objects that it, or the base library for it, left on the heap.</param>
/// <param name="Bytes">Their bytes.</param>
internal sealed record MethodCost(string Name, bool IsOurs, double Calls, double Own, double Library, double Objects, double Bytes)
{
    public double Total => Own + Library;
}

/// <summary>What a scenario cost, averaged over its repetitions.</summary>
internal sealed class Measurement(string name, IReadOnlyList<MethodCost> methods)
{
    public string Name => name;

    public IReadOnlyList<MethodCost> Methods => methods;

    public double Instructions => Ours.Sum(method => method.Total);

    public double Library => Ours.Sum(method => method.Library);

    public double Calls => Ours.Sum(method => method.Calls);

    public double Objects => Ours.Sum(method => method.Objects);

    public double Bytes => Ours.Sum(method => method.Bytes);

    private IEnumerable<MethodCost> Ours => methods.Where(method => method.IsOurs);

    /// <summary>Prices what was counted.</summary>
    public static Measurement Of(string name, CodeMap map, Counts counts, int repetitions)
    {
        var sums = map.Callees.ToDictionary(callee => callee, callee => new Sum());
        for (int i = 0; i < map.Blocks.Count; i++)
        {
            if (counts.Blocks[i] > 0)
            {
                Add(sums, map.Blocks[i], counts.Blocks[i]);
            }
        }

        for (int i = 0; i < map.Sites.Count; i++)
        {
            Add(sums, map.Sites[i], counts, i);
        }

        return new Measurement(name,
        [
            .. from pair in sums
               where pair.Value.Calls + pair.Value.Own > 0
               let sum = pair.Value
               orderby sum.Own + sum.Library descending, pair.Key.Name
               select new MethodCost(
                   Names.Short(pair.Key.Name),
                   pair.Key.IsOurs,
                   (double)sum.Calls / repetitions,
                   sum.Own / repetitions,
                   sum.Library / repetitions,
                   (double)sum.Objects / repetitions,
                   (double)sum.Bytes / repetitions),
        ]);
    }

    private static void Add(Dictionary<Callee, Sum> sums, CodeBlock block, long times)
    {
        Sum self = sums[block.Method];
        self.Calls += block.IsEntry ? times : 0;
        self.Own += block.Cost * times;
        self.Objects += block.Objects * times;
        self.Bytes += block.Bytes * times;
        foreach (Callee called in block.Calls)
        {
            self.Library += called.Price.Own * times;
            sums[called].Calls += times;
            sums[called].Own += called.Price.Own * times;
        }
    }

    private static void Add(Dictionary<Callee, Sum> sums, Site site, Counts counts, int i)
    {
        Sum self = sums[site.Method];
        self.Objects += counts.SiteObjects[i];
        self.Bytes += counts.SiteBytes[i];
        if (site.Calls != null)
        {
            double cost = site.Calls.Price.PerLength * (counts.SiteLengths[i] + counts.SiteBytes[i]);
            self.Library += cost;
            sums[site.Calls].Own += cost;
        }
    }

    private sealed class Sum
    {
        public long Calls { get; set; }

        public double Own { get; set; }

        public double Library { get; set; }

        public long Objects { get; set; }

        public long Bytes { get; set; }
    }
}
