using Mono.Cecil;

namespace Cost.Instrumentation;

/// <summary>Names of methods, as the tables list them.</summary>
internal static class Names
{
    /// <summary>Type and method, without parameters.</summary>
    public static string Of(MethodReference method) => method.DeclaringType.FullName + "." + method.Name;

    /// <summary>The same, with the types of the parameters where the name alone is not enough.</summary>
    public static string OfOurs(MethodDefinition method) =>
        method.DeclaringType.Methods.Count(other => other.Name == method.Name) == 1
            ? Of(method)
            : Of(method) + "(" + string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.Name)) + ")";

    /// <summary>Type and member, as a programmer says it.</summary>
    public static string Short(string name)
    {
        int parameters = name.IndexOf('(', StringComparison.Ordinal);
        string path = parameters < 0 ? name : name[..parameters];
        int member = path.LastIndexOf("..", StringComparison.Ordinal); // A constructor's name begins with a dot itself.
        member = member < 0 ? path.LastIndexOf('.') : member;
        string type = path[..member];
        return (type[(type.LastIndexOf('.') + 1)..] + name[member..])
            .Replace(".get_", ".", StringComparison.Ordinal)
            .Replace("..ctor", ".new", StringComparison.Ordinal)
            .Replace("..cctor", ".static", StringComparison.Ordinal);
    }
}
