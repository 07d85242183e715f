using Mono.Cecil;
using NanoApi.Model;

namespace NanoApi.Emission
{
    /// <summary>Adds the attributes that the compiler reads.</summary>
    internal sealed class AttributeEmitter(TypeLookup types)
    {
        public void AddParams(ParameterDefinition parameter) => parameter.CustomAttributes.Add(Make(AttributeTags.Params));

        public void AddExtension(ICustomAttributeProvider target) => target.CustomAttributes.Add(Make(AttributeTags.Extension));

        public void AddTag(TypeDefinition type, string tag)
        {
            string[] words = tag.Split(' ');
            switch (words[0])
            {
                case "Flags":
                    type.CustomAttributes.Add(Make(AttributeTags.Flags));
                    break;
                case "Extension":
                    AddExtension(type);
                    break;
                case "DefaultMember":
                    CustomAttribute indexer = Make(AttributeTags.DefaultMember, "System.String");
                    indexer.ConstructorArguments.Add(new CustomAttributeArgument(types.InSignature("System.String"), words[1]));
                    type.CustomAttributes.Add(indexer);
                    break;
                case "AttributeUsage":
                    type.CustomAttributes.Add(Usage(words));
                    break;
                default:
                    throw new FormatException("not a tag: " + tag);
            }
        }

        private CustomAttribute Usage(string[] words)
        {
            const string targets = "System.AttributeTargets";
            CustomAttribute usage = Make(AttributeTags.Usage, targets);
            usage.ConstructorArguments.Add(new CustomAttributeArgument(types.InSignature(targets), Literal.Parse(words[1], "System.Int32")));
            foreach (string[] sides in words.Skip(2).Select(word => word.Split('=')))
            {
                var value = new CustomAttributeArgument(types.InSignature("System.Boolean"), sides[1] == "true");
                usage.Properties.Add(new CustomAttributeNamedArgument(sides[0], value));
            }

            return usage;
        }

        private CustomAttribute Make(string attribute, params string[] parameters)
        {
            var constructor = new MethodReference(".ctor", types.InSignature("System.Void"), types.AsToken(attribute)) { HasThis = true };
            foreach (string parameter in parameters)
            {
                constructor.Parameters.Add(new ParameterDefinition(types.InSignature(parameter)));
            }

            return new CustomAttribute(constructor);
        }
    }
}
