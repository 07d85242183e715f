using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace NanoApi.IlRules
{
    /// <summary>Kinds of types that the compiler accepts and the device cannot load.</summary>
    internal static class TypeRules
    {
        public static IEnumerable<string> Problems(ModuleDefinition module)
        {
            IEnumerable<string> generic = module.GetAllTypes().Where(type => type.HasGenericParameters)
                .Select(type => $"{type.FullName}: a generic type");
            IEnumerable<string> used =
                from use in IlWalk.TypesUsed(module)
                let problem = ProblemOf(use.Type)
                where problem != null
                select $"{use.Where}: {problem}";
            return generic.Concat(module.GetAllTypes().SelectMany(InterfaceProblems)).Concat(GenericMethods(module)).Concat(used);
        }

        private static IEnumerable<string> GenericMethods(ModuleDefinition module) =>
            from type in module.GetAllTypes()
            from method in type.Methods
            where method.HasGenericParameters
            select $"{IlWalk.Place(method)}: a generic method";

        private static IEnumerable<string> InterfaceProblems(TypeDefinition type)
        {
            if (!type.IsInterface)
            {
                return [];
            }

            IEnumerable<string> bodies = type.Methods.Where(method => !method.IsAbstract)
                .Select(method => $"{IlWalk.Place(method)}: an interface's method with a body");
            return bodies.Concat(type.Fields.Select(field => $"{type.FullName}.{field.Name}: an interface's field"));
        }

        private static string? ProblemOf(TypeReference type) => type switch
        {
            ArrayType { Rank: > 1 } => $"an array of more than one dimension, {type.FullName}",
            GenericInstanceType => $"a generic type, {type.FullName}",
            GenericParameter => $"a type parameter, {type.FullName}",
            PointerType or FunctionPointerType or PinnedType => $"a pointer, {type.FullName}",
            TypeSpecification specification => ProblemOf(specification.ElementType),
            _ => null,
        };
    }
}
