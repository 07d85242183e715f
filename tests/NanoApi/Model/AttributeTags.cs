using Mono.Cecil;

namespace NanoApi.Model
{
    /// <summary>The attributes that change how the compiler treats a type or a member.</summary>
    internal static class AttributeTags
    {
        public const string Flags = "System.FlagsAttribute";
        public const string DefaultMember = "System.Reflection.DefaultMemberAttribute";
        public const string Usage = "System.AttributeUsageAttribute";
        public const string Extension = "System.Runtime.CompilerServices.ExtensionAttribute";
        public const string Params = "System.ParamArrayAttribute";

        public static bool IsExtension(ICustomAttributeProvider member) => Has(member, Extension);

        public static bool IsParams(ICustomAttributeProvider parameter) => Has(parameter, Params);

        public static IEnumerable<string> Of(TypeDefinition type)
        {
            foreach (CustomAttribute attribute in type.CustomAttributes)
            {
                switch (attribute.AttributeType.FullName)
                {
                    case Flags:
                        yield return "Flags";
                        break;
                    case DefaultMember:
                        yield return "DefaultMember " + attribute.ConstructorArguments[0].Value;
                        break;
                    case Usage:
                        yield return UsageTag(attribute);
                        break;
                    case Extension:
                        yield return "Extension";
                        break;
                }
            }
        }

        private static string UsageTag(CustomAttribute attribute) =>
            "AttributeUsage " + attribute.ConstructorArguments[0].Value
            + string.Concat(attribute.Properties.Select(property => $" {property.Name}={Literal.Format(property.Argument.Value)}"));

        private static bool Has(ICustomAttributeProvider provider, string name) =>
            provider.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == name);
    }
}
