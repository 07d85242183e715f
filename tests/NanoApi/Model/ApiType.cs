namespace NanoApi.Model
{
    /// <summary>A public or protected type, written the way the facts write it.</summary>
    /// <param name="FullName">CLI name, nested types as Outer/Inner.</param>
    /// <param name="Kind">class, struct, interface, enum or delegate.</param>
    /// <param name="Modifier">static, abstract, sealed or empty.</param>
    /// <param name="Bases">Base class and interfaces; of an enum, its underlying type.</param>
    /// <param name="Tags">The attributes that the compiler reads, without their brackets.</param>
    /// <param name="Members">Public and protected members.</param>
    internal sealed record ApiType(
        string FullName, string Kind, string Modifier, IReadOnlyList<string> Bases, IReadOnlyList<string> Tags, IReadOnlyList<ApiMember> Members)
    {
        public bool IsValueType => Kind is "struct" or "enum";

        public string Shape => $"{(Modifier.Length == 0 ? "" : Modifier + " ")}{Kind} {FullName}";

        public string Header => "T " + Shape
            + (Bases.Count == 0 ? "" : " : " + string.Join(", ", Bases))
            + string.Concat(Tags.Select(tag => $" [{tag}]"));
    }
}
