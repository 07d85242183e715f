namespace NanoApi.Model
{
    /// <summary>Reads a file of facts; Facts/README.md describes the lines.</summary>
    internal static class FactsReader
    {
        public static ApiAssembly Read(IEnumerable<string> lines)
        {
            ApiAssembly? assembly = null;
            var types = new List<ApiType>();
            var members = new List<ApiMember>();
            foreach (string line in lines)
            {
                switch (line)
                {
                    case ['#', ..]:
                        assembly = Header(line, types);
                        break;
                    case ['T', ' ', ..]:
                        members = [];
                        types.Add(TypeOf(line[2..], members));
                        break;
                    case [' ', ' ', var kind, ' ', .. var rest]:
                        members.Add(Member(kind, rest));
                        break;
                    default:
                        throw new FormatException("not a line of facts: " + line);
                }
            }

            return assembly ?? throw new FormatException("no header line");
        }

        private static ApiAssembly Header(string line, List<ApiType> types)
        {
            string[] words = line.Split(' ', 5);
            string[] references = words.Length < 5 ? [] : words[4].Split(", ", StringSplitOptions.RemoveEmptyEntries);
            return new ApiAssembly(words[1], System.Version.Parse(words[2]), references, types);
        }

        private static ApiType TypeOf(string line, List<ApiMember> members)
        {
            string[] parts = line.Split(" [");
            IEnumerable<string> tags = parts.Skip(1).Select(tag => tag.TrimEnd(']'));
            string[] sides = parts[0].Split(" : ");
            string[] words = sides[0].Split(' ');
            string[] bases = sides.Length == 1 ? [] : sides[1].Split(", ");
            return new ApiType(words[^1], words[^2], words.Length == 3 ? words[0] : "", bases, [.. tags], members);
        }

        private static ApiMember Member(char kind, string text) => kind switch
        {
            'C' => Constructor(text),
            'M' => Method(text),
            'P' => Property(text),
            'E' => Head(MemberKind.Event, text),
            'F' => Field(text),
            'D' => Signature(text),
            _ => throw new FormatException("not a member: " + text),
        };

        private static ApiMember Constructor(string text)
        {
            (string head, string inner) = Parentheses(text);
            return new ApiMember(MemberKind.Constructor) { Access = head.Trim(), Name = ".ctor", Parameters = Parameters(inner) };
        }

        private static ApiMember Method(string text)
        {
            bool extension = text.EndsWith(" [Extension]", StringComparison.Ordinal);
            (string head, string inner) = Parentheses(text);
            return Head(MemberKind.Method, head) with { Parameters = Parameters(inner), IsExtension = extension };
        }

        private static ApiMember Property(string text)
        {
            int brace = text.IndexOf(" { ", StringComparison.Ordinal);
            string declaration = text[..brace];
            (string head, string inner) = declaration.Contains('(') ? Parentheses(declaration) : (declaration, "");
            return Head(MemberKind.Property, head) with { Parameters = Parameters(inner), Accessors = text[(brace + 3)..^2] };
        }

        private static ApiMember Field(string text)
        {
            string[] sides = text.Split(" = ", 2);
            string? value = sides.Length == 2 ? sides[1] : null;
            return sides[0].Contains(' ')
                ? Head(MemberKind.Field, sides[0]) with { Value = value }
                : new ApiMember(MemberKind.EnumField) { Name = sides[0], Value = value };
        }

        private static ApiMember Signature(string text)
        {
            (string head, string inner) = Parentheses(text);
            return new ApiMember(MemberKind.DelegateSignature) { Type = head.Trim(), Name = "Invoke", Parameters = Parameters(inner) };
        }

        private static ApiMember Head(MemberKind kind, string text)
        {
            string[] words = text.Split(' ');
            return new ApiMember(kind) { Access = words[0], Modifier = string.Join(' ', words[1..^2]), Type = words[^2], Name = words[^1] };
        }

        private static (string Head, string Inner) Parentheses(string text)
        {
            int open = text.IndexOf('(', StringComparison.Ordinal);
            return (text[..open], text[(open + 1)..text.LastIndexOf(')')]);
        }

        private static ApiParameter[] Parameters(string text) =>
            text.Length == 0 ? [] : [.. text.Split(", ").Select(Parameter)];

        private static ApiParameter Parameter(string text)
        {
            string[] sides = text.Split(" = ", 2);
            string[] words = sides[0].Split(' ');
            return new ApiParameter(words.Length == 3 ? words[0] : "", words[^2], words[^1], sides.Length == 2 ? sides[1] : null);
        }
    }
}
