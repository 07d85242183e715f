using Mono.Cecil;
using NanoApi.Model;

namespace NanoApi.Emission
{
    /// <summary>Turns the facts' type names into references inside one module.</summary>
    internal sealed class TypeLookup
    {
        private readonly ModuleDefinition _module;
        private readonly Dictionary<string, TypeDefinition> _own = [];
        private readonly Dictionary<string, TypeReference> _foreign = [];
        private readonly Dictionary<string, TypeReference> _primitive;
        private readonly ApiAssembly _facts;
        private readonly IReadOnlyDictionary<string, ApiAssembly> _all;

        public TypeLookup(ModuleDefinition module, ApiAssembly facts, IReadOnlyDictionary<string, ApiAssembly> all)
        {
            _module = module;
            _facts = facts;
            _all = all;
            TypeSystem types = module.TypeSystem;
            TypeReference[] primitives =
            [
                types.Object, types.Void, types.Boolean, types.Char, types.SByte, types.Byte, types.Int16, types.UInt16, types.Int32, types.UInt32,
                types.Int64, types.UInt64, types.Single, types.Double, types.IntPtr, types.UIntPtr, types.String, types.TypedReference,
            ];
            _primitive = primitives.ToDictionary(type => type.FullName);
        }

        public IEnumerable<TypeDefinition> Own => _own.Values;

        public void Define(TypeDefinition type) => _own.Add(type.FullName, type);

        /// <summary>For signatures, where the basic types have codes of their own.</summary>
        public TypeReference InSignature(string name) =>
            name.EndsWith("[]", StringComparison.Ordinal) ? new ArrayType(InSignature(name[..^2]))
            : _primitive.TryGetValue(name, out TypeReference? primitive) ? primitive
            : AsToken(name);

        /// <summary>For bases and attributes, where a token is needed: in mscorlib that is its own definition.</summary>
        public TypeReference AsToken(string name) =>
            _own.TryGetValue(name, out TypeDefinition? own) ? own
            : _primitive.TryGetValue(name, out TypeReference? primitive) ? primitive
            : Foreign(name);

        /// <summary>The type of a constant of this type: an enum's is the one under it.</summary>
        public string ConstantType(string name) =>
            OwnFacts(name) is { Kind: "enum" } type ? type.Bases[0] : name;

        private ApiType? OwnFacts(string name) => _facts.Types.Concat(_facts.References.SelectMany(reference => _all[reference].Types))
            .FirstOrDefault(type => type.FullName == name);

        private TypeReference Foreign(string name)
        {
            if (_foreign.TryGetValue(name, out TypeReference? known))
            {
                return known;
            }

            string home = _facts.References.FirstOrDefault(reference => _all[reference].Types.Any(type => type.FullName == name))
                ?? throw new InvalidDataException($"{_facts.Name} uses {name}, which none of its references has");
            ApiType facts = _all[home].Types.First(type => type.FullName == name);
            AssemblyNameReference scope = _module.AssemblyReferences.First(reference => reference.Name == home);
            TypeReference made = Make(name, scope, facts.IsValueType);
            _foreign.Add(name, made);
            return made;
        }

        private TypeReference Make(string name, AssemblyNameReference scope, bool valueType)
        {
            int slash = name.LastIndexOf('/');
            if (slash >= 0)
            {
                return new TypeReference("", name[(slash + 1)..], _module, scope, valueType) { DeclaringType = Foreign(name[..slash]) };
            }

            int dot = name.LastIndexOf('.');
            return new TypeReference(dot < 0 ? "" : name[..dot], name[(dot + 1)..], _module, scope, valueType);
        }
    }
}
