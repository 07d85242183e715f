namespace NanoApi.Model
{
    /// <summary>A public or protected member. Its text is its line in the facts.</summary>
    internal sealed record ApiMember(MemberKind Kind)
    {
        /// <summary>public or protected; empty where the facts name none.</summary>
        public string Access { get; init; } = "";

        /// <summary>static, abstract, virtual, override; of a field also const and readonly; or empty.</summary>
        public string Modifier { get; init; } = "";

        public string Type { get; init; } = "";

        public string Name { get; init; } = "";

        public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

        /// <summary>Of a property: "get;", "get; set;", "get; protected set;".</summary>
        public string Accessors { get; init; } = "";

        /// <summary>Of a constant: its value as the facts write it.</summary>
        public string? Value { get; init; }

        public bool IsExtension { get; init; }

        public override string ToString() => Kind switch
        {
            MemberKind.Constructor => $"  C {Access} ({ParameterList})",
            MemberKind.Method => $"  M {Head}({ParameterList}){(IsExtension ? " [Extension]" : "")}",
            MemberKind.Property => $"  P {Head}{(Parameters.Count == 0 ? "" : $"({ParameterList})")} {{ {Accessors} }}",
            MemberKind.Event => $"  E {Head}",
            MemberKind.Field => $"  F {Head}{(Value == null ? "" : " = " + Value)}",
            MemberKind.EnumField => $"  F {Name} = {Value}",
            _ => $"  D {Type} ({ParameterList})",
        };

        private string Head => $"{Access} {(Modifier.Length == 0 ? "" : Modifier + " ")}{Type} {Name}";

        private string ParameterList => string.Join(", ", Parameters);
    }
}
