using Mono.Cecil;
using NanoApi.Model;

namespace NanoApi.Emission
{
    /// <summary>Builds one reference assembly from its facts.</summary>
    internal static class AssemblyEmitter
    {
        private const string CoreLibrary = "mscorlib";

        public static AssemblyDefinition Emit(ApiAssembly facts, IReadOnlyDictionary<string, ApiAssembly> all, IAssemblyResolver resolver)
        {
            // Cecil takes a module named mscorlib for a finished core library and looks its types up in it.
            string workingName = facts.Name == CoreLibrary ? "unfinished" : facts.Name;
            var parameters = new ModuleParameters { Kind = ModuleKind.Dll, Runtime = TargetRuntime.Net_4_0, AssemblyResolver = resolver };
            var assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition(workingName, facts.Version), facts.Name + ".dll", parameters);
            ModuleDefinition module = assembly.MainModule;
            foreach (string reference in facts.References)
            {
                module.AssemblyReferences.Add(new AssemblyNameReference(reference, all[reference].Version));
            }

            AddTypes(module, facts, new TypeLookup(module, facts, all));
            if (facts.Name == CoreLibrary)
            {
                assembly.Name.Name = CoreLibrary;
                module.AssemblyReferences.Clear();
            }

            return assembly;
        }

        private static void AddTypes(ModuleDefinition module, ApiAssembly facts, TypeLookup types)
        {
            var defined = new List<(ApiType Facts, TypeDefinition Type)>();
            foreach (ApiType type in facts.Types)
            {
                defined.Add((type, Define(module, type, types)));
            }

            var attributes = new AttributeEmitter(types);
            var members = new MemberEmitter(types, attributes);
            foreach ((ApiType type, TypeDefinition definition) in defined)
            {
                AddBases(definition, type, types);
                foreach (ApiMember member in type.Members)
                {
                    members.Add(definition, member);
                }

                AddHiddenState(definition, type, types);
                foreach (string tag in type.Tags)
                {
                    attributes.AddTag(definition, tag);
                }
            }

            if (facts.Types.Any(type => type.Tags.Contains("Extension")))
            {
                attributes.AddExtension(module.Assembly);
            }
        }

        private static TypeDefinition Define(ModuleDefinition module, ApiType facts, TypeLookup types)
        {
            TypeAttributes attributes = TypeAttributes.BeforeFieldInit | facts.Kind switch
            {
                "interface" => TypeAttributes.Interface | TypeAttributes.Abstract,
                "struct" => TypeAttributes.Sealed | TypeAttributes.SequentialLayout,
                "enum" or "delegate" => TypeAttributes.Sealed,
                _ => facts.Modifier switch
                {
                    "static" => TypeAttributes.Abstract | TypeAttributes.Sealed,
                    "abstract" => TypeAttributes.Abstract,
                    "sealed" => TypeAttributes.Sealed,
                    _ => 0,
                },
            };
            string[] path = facts.FullName.Split('/');
            int dot = path[0].LastIndexOf('.');
            TypeDefinition type;
            if (path.Length == 1)
            {
                type = new TypeDefinition(dot < 0 ? "" : path[0][..dot], path[0][(dot + 1)..], attributes | TypeAttributes.Public);
                module.Types.Add(type);
            }
            else
            {
                type = new TypeDefinition("", path[^1], attributes | TypeAttributes.NestedPublic);
                string outer = string.Join('/', path[..^1]);
                types.Own.First(candidate => candidate.FullName == outer).NestedTypes.Add(type);
            }

            types.Define(type);
            return type;
        }

        private static void AddBases(TypeDefinition type, ApiType facts, TypeLookup types)
        {
            IEnumerable<string> interfaces = facts.Bases;
            switch (facts.Kind)
            {
                case "class" when facts.FullName != "System.Object":
                    bool derives = facts.Bases.Count > 0 && !DeviceApi.IsInterface(facts.Bases[0]);
                    type.BaseType = types.AsToken(derives ? facts.Bases[0] : "System.Object");
                    interfaces = facts.Bases.Skip(derives ? 1 : 0);
                    break;
                case "struct":
                    type.BaseType = types.AsToken("System.ValueType");
                    break;
                case "enum":
                    type.BaseType = types.AsToken("System.Enum");
                    interfaces = [];
                    const FieldAttributes value = FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName;
                    type.Fields.Add(new FieldDefinition("value__", value, types.InSignature(facts.Bases[0])));
                    break;
                case "delegate":
                    type.BaseType = types.AsToken("System.MulticastDelegate");
                    break;
            }

            foreach (string name in interfaces)
            {
                type.Interfaces.Add(new InterfaceImplementation(types.AsToken(name)));
            }
        }

        /// <summary>A struct without fields counts as assigned from the start; the real ones have private fields.</summary>
        private static void AddHiddenState(TypeDefinition type, ApiType facts, TypeLookup types)
        {
            if (facts.Kind == "struct" && facts.FullName != "System.Void" && type.Fields.All(field => field.IsStatic))
            {
                type.Fields.Add(new FieldDefinition("_hidden", FieldAttributes.Private, types.InSignature("System.Int32")));
            }
        }
    }
}
