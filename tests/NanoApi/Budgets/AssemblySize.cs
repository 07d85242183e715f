namespace NanoApi.Budgets
{
    /// <summary>What an assembly, or a set of them, takes on the device; bytes in flash (.pe) but for the type tables, which are in RAM.</summary>
    internal sealed record AssemblySize(
        string Name, int Types, int Methods, int Fields, int StaticFields, int TypeRefs, int MethodRefs, int FieldRefs, int IlBytes, int StringBytes, int TypeTables, int PeBytes)
    {
        public const string Header =
            "| assembly | types | methods | fields | static | type refs | method refs | field refs | IL | strings | type tables | .pe (est.) |\n|---|---|---|---|---|---|---|---|---|---|---|---|";

        public int References => TypeRefs + MethodRefs + FieldRefs;

        /// <summary>A line of the table under <see cref="Header"/>.</summary>
        public override string ToString() =>
            $"| {Name} | {Types} | {Methods} | {Fields} | {StaticFields} | {TypeRefs} | {MethodRefs} | {FieldRefs} | {IlBytes} | {StringBytes} | {TypeTables} | {PeBytes} |";

        public static AssemblySize Sum(string name, IEnumerable<AssemblySize> parts) => parts.Aggregate(
            new AssemblySize(name, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            (sum, part) => new AssemblySize(
                name,
                sum.Types + part.Types,
                sum.Methods + part.Methods,
                sum.Fields + part.Fields,
                sum.StaticFields + part.StaticFields,
                sum.TypeRefs + part.TypeRefs,
                sum.MethodRefs + part.MethodRefs,
                sum.FieldRefs + part.FieldRefs,
                sum.IlBytes + part.IlBytes,
                sum.StringBytes + part.StringBytes,
                sum.TypeTables + part.TypeTables,
                sum.PeBytes + part.PeBytes));
    }
}
