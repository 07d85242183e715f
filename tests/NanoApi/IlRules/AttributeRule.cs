using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace NanoApi.IlRules
{
    /// <summary>The metadata processor crashes on a null among the arguments of an attribute.</summary>
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
                   where attribute.ConstructorArguments.Any(HoldsNull)
                   select $"{owner.Where}: null in {attribute.AttributeType.Name}: the metadata processor cannot write it";
        }

        private static bool HoldsNull(CustomAttributeArgument argument) => argument.Value switch
        {
            null => true,
            CustomAttributeArgument boxed => HoldsNull(boxed),
            CustomAttributeArgument[] array => array.Any(HoldsNull),
            _ => false,
        };
    }
}
