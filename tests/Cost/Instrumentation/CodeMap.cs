using Cost.Pricing;

namespace Cost.Instrumentation;

/// <summary>A method of ours, or one of another library that ours call.</summary>
internal sealed record Callee(int Index, string Name, bool IsOurs, CallPrice Price);

/// <summary>A basic block: what each execution costs its method, and what it calls.</summary>
internal sealed record CodeBlock(Callee Method, bool IsEntry, long Cost, int Objects, long Bytes, Callee[] Calls);

/// <summary>A place in a method that allocates what its arguments or its result say: <see cref="Calls"/> is null for an array.</summary>
internal sealed record Site(Callee Method, Callee? Calls);

/// <summary>What the numbers in the instrumented code mean.</summary>
internal sealed class CodeMap
{
    private readonly Dictionary<string, Callee> _callees = [];

    public List<CodeBlock> Blocks { get; } = [];

    public List<Site> Sites { get; } = [];

    public IEnumerable<Callee> Callees => _callees.Values;

    public Callee Ours(string name) => Find(name, true, CallPrice.Free);

    public Callee External(string name, CallPrice price) => Find(name, false, price);

    public int AddBlock(CodeBlock block)
    {
        Blocks.Add(block);
        return Blocks.Count - 1;
    }

    public int AddSite(Site site)
    {
        Sites.Add(site);
        return Sites.Count - 1;
    }

    private Callee Find(string name, bool isOurs, CallPrice price)
    {
        if (!_callees.TryGetValue(name, out Callee? callee))
        {
            callee = new Callee(_callees.Count, name, isOurs, price);
            _callees.Add(name, callee);
        }

        return callee;
    }
}
