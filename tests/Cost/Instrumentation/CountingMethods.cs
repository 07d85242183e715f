using Cost.Counting;
using Mono.Cecil;

namespace Cost.Instrumentation;

/// <summary>The methods of <see cref="Counters"/> and <see cref="DeviceCalls"/>, as one module refers to them.</summary>
internal sealed class CountingMethods(ModuleDefinition module, IReadOnlySet<string> ours)
{
    private static readonly Dictionary<string, string> Substitutes = new()
    {
        ["System.Environment.get_TickCount64"] = nameof(DeviceCalls.TickCount64),
        ["System.DateTime.get_UtcNow"] = nameof(DeviceCalls.UtcNow),
        ["System.String.get_Chars"] = nameof(DeviceCalls.CharAt),
        ["System.Array.Copy"] = nameof(DeviceCalls.Copy),
    };

    public MethodReference Block { get; } = module.ImportReference(typeof(Counters).GetMethod(nameof(Counters.Block)));

    public MethodReference Array { get; } = module.ImportReference(typeof(Counters).GetMethod(nameof(Counters.Array)));

    public MethodReference Result { get; } = module.ImportReference(typeof(Counters).GetMethod(nameof(Counters.Result)));

    /// <summary>Whether a type with this scope belongs to the assemblies that are measured.</summary>
    public bool IsOurs(IMetadataScope scope) => scope is ModuleDefinition || ours.Contains(scope.Name);

    /// <summary>What is called in place of a method of the base library, with the number of the site as last argument.</summary>
    public MethodReference? SubstituteFor(MethodReference method)
    {
        if (!Substitutes.TryGetValue(Names.Of(method), out string? name))
        {
            return null;
        }

        int parameters = method.Parameters.Count + (method.HasThis ? 1 : 0) + 1;
        return module.ImportReference(typeof(DeviceCalls).GetMethods().Single(candidate =>
            candidate.Name == name && candidate.GetParameters().Length == parameters));
    }
}
