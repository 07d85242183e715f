using Mono.Cecil;

namespace NanoApi.Budgets
{
    /// <summary>The signatures of a .pe: of fields, methods, locals and interfaces, each kept once.</summary>
    internal static class Signatures
    {
        public static int Bytes(IEnumerable<TypeDefinition> types)
        {
            var seen = new HashSet<string>();
            return types.SelectMany(Of).Where(signature => seen.Add(string.Join(',', signature.Select(type => type.FullName))))
                .Sum(signature => 2 + signature.Sum(Bytes));
        }

        private static IEnumerable<TypeReference[]> Of(TypeDefinition type)
        {
            IEnumerable<TypeReference[]> fields = type.Fields.Where(field => !field.HasConstant).Select(field => new[] { field.FieldType });
            IEnumerable<TypeReference[]> methods = type.Methods.Select(method =>
                method.Parameters.Select(parameter => parameter.ParameterType).Prepend(method.ReturnType).ToArray());
            IEnumerable<TypeReference[]> locals = type.Methods.Where(method => method.HasBody && method.Body.HasVariables)
                .Select(method => method.Body.Variables.Select(local => local.VariableType).ToArray());
            IEnumerable<TypeReference[]> interfaces = type.HasInterfaces
                ? [type.Interfaces.Select(entry => entry.InterfaceType).ToArray()]
                : [];
            return fields.Concat(methods).Concat(locals).Concat(interfaces);
        }

        // A primitive takes one byte, a class or struct its kind and a compressed token.
        private static int Bytes(TypeReference type) => type switch
        {
            TypeSpecification specification => 1 + Bytes(specification.ElementType),
            { IsPrimitive: true } => 1,
            { FullName: "System.Void" or "System.String" or "System.Object" } => 1,
            _ => 3,
        };
    }
}
