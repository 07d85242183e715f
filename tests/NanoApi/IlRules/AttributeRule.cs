using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace NanoApi.IlRules
{
    /// <summary>The metadata processor crashes on a null among the arguments of an attribute; a text with U+0000 ends there.</summary>
    internal static class AttributeRule
    {
        public static IEnumerable<string> Problems(ModuleDefinition module)
        {
            IEnumerable<(string Where, ICustomAttributeProvider Owner)> owners = module.GetAllTypes().SelectMany(type =>
                type.Fields.Select(field => ($"{type.FullName}.{field.Name}", (ICustomAttributeProvider)field))
                    .Concat(type.Methods.Select(method => (IlWalk.Place(method), (ICustomAttributeProvider)method)))
                    .Prepend((type.FullName, type)));
            return from owner in owners
                   from attribute in owner.Owner.CustomAttributes
                   from problem in attribute.ConstructorArguments.Select(ProblemOf).OfType<string>()
                   select $"{owner.Where}: {attribute.AttributeType.Name} has {problem}";
        }

        private static string? ProblemOf(CustomAttributeArgument argument) => argument.Value switch
        {
            null => "null, which the metadata processor cannot write",
            string text when text.Contains('\0') => "a text with U+0000: on the device it ends there",
            CustomAttributeArgument boxed => ProblemOf(boxed),
            CustomAttributeArgument[] array => array.Select(ProblemOf).FirstOrDefault(problem => problem != null),
            _ => null,
        };
    }
}
