using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace NanoApi.Model
{
    /// <summary>Reads an assembly's public face into the same model as the facts.</summary>
    internal static class MetadataReader
    {
        public static ApiAssembly Read(ModuleDefinition module) => new(
            module.Assembly.Name.Name,
            module.Assembly.Name.Version,
            [.. module.AssemblyReferences.Select(reference => reference.Name)],
            [.. module.GetAllTypes().Where(IsVisible).Select(TypeOf)]);

        /// <summary>A type's name as the facts write it: what the compiler adds to a signature is left out.</summary>
        public static string NameOf(TypeReference type) => type switch
        {
            IModifierType modified => NameOf(modified.ElementType),
            ArrayType { Rank: 1 } array => NameOf(array.ElementType) + "[]",
            _ => type.FullName,
        };

        private static bool IsVisible(TypeDefinition type) =>
            type.DeclaringType == null
                ? type.IsPublic
                : (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsVisible(type.DeclaringType);

        private static ApiType TypeOf(TypeDefinition type)
        {
            string kind = KindOf(type);
            return new ApiType(type.FullName, kind, ModifierOf(type, kind), [.. BasesOf(type, kind)], [.. AttributeTags.Of(type)], [.. MembersOf(type, kind)]);
        }

        private static string KindOf(TypeDefinition type) => type switch
        {
            { IsInterface: true } => "interface",
            { BaseType.FullName: "System.Enum" } => "enum",
            { BaseType.FullName: "System.ValueType" } when type.FullName != "System.Enum" => "struct",
            { BaseType.FullName: "System.MulticastDelegate" } => "delegate",
            _ => "class",
        };

        private static string ModifierOf(TypeDefinition type, string kind) => kind != "class" ? "" : type switch
        {
            { IsAbstract: true, IsSealed: true } => "static",
            { IsAbstract: true } => "abstract",
            { IsSealed: true } => "sealed",
            _ => "",
        };

        private static IEnumerable<string> BasesOf(TypeDefinition type, string kind)
        {
            if (kind == "enum")
            {
                return [NameOf(type.GetEnumUnderlyingType())];
            }

            IEnumerable<string> bases = kind == "class" && type.BaseType is { FullName: not "System.Object" } parent ? [NameOf(parent)] : [];
            return kind == "delegate" ? [] : bases.Concat(type.Interfaces.Select(entry => NameOf(entry.InterfaceType)));
        }

        private static IEnumerable<ApiMember> MembersOf(TypeDefinition type, string kind) => kind switch
        {
            "enum" => type.Fields.Where(field => field.IsStatic).Select(field =>
                new ApiMember(MemberKind.EnumField) { Name = field.Name, Value = Literal.Format(field.Constant) }),
            "delegate" => type.Methods.Where(method => method.Name == "Invoke").Select(method =>
                new ApiMember(MemberKind.DelegateSignature) { Name = "Invoke", Type = NameOf(method.ReturnType), Parameters = ParametersOf(method.Parameters) }),
            _ => MethodsOf(type).Concat(type.Properties.Select(PropertyOf).OfType<ApiMember>()).Concat(EventsOf(type)).Concat(FieldsOf(type)),
        };

        private static IEnumerable<ApiMember> MethodsOf(TypeDefinition type) =>
            from method in type.Methods
            where AccessOf(method) != null && method.SemanticsAttributes == MethodSemanticsAttributes.None && !IsRuntimesOwn(method)
            select method.IsConstructor
                ? new ApiMember(MemberKind.Constructor) { Access = AccessOf(method)!, Name = method.Name, Parameters = ParametersOf(method.Parameters) }
                : new ApiMember(MemberKind.Method)
                {
                    Access = AccessOf(method)!,
                    Modifier = ModifierOf(method),
                    Type = NameOf(method.ReturnType),
                    Name = method.Name + (method.HasGenericParameters ? $"<{string.Join(",", method.GenericParameters)}>" : ""),
                    Parameters = ParametersOf(method.Parameters),
                    IsExtension = AttributeTags.IsExtension(method),
                };

        /// <summary>Called by the runtime alone; the facts leave finalizers out.</summary>
        private static bool IsRuntimesOwn(MethodDefinition method) => method is { Name: ".cctor" } or { Name: "Finalize", IsVirtual: true, HasParameters: false };

        private static ApiMember? PropertyOf(PropertyDefinition property)
        {
            string? getter = AccessOf(property.GetMethod);
            string? setter = AccessOf(property.SetMethod);
            if (getter == null && setter == null)
            {
                return null;
            }

            string access = getter == "public" || setter == "public" ? "public" : "protected";
            string Accessor(string? own, string name) => own == null ? "" : own == access ? name + ";" : $"{own} {name};";
            return new ApiMember(MemberKind.Property)
            {
                Access = access,
                Modifier = ModifierOf(getter != null ? property.GetMethod : property.SetMethod),
                Type = NameOf(property.PropertyType),
                Name = property.Name,
                Parameters = ParametersOf(property.Parameters),
                Accessors = $"{Accessor(getter, "get")} {Accessor(setter, "set")}".Trim(),
            };
        }

        private static IEnumerable<ApiMember> EventsOf(TypeDefinition type) =>
            from happening in type.Events
            where AccessOf(happening.AddMethod) != null
            select new ApiMember(MemberKind.Event)
            {
                Access = AccessOf(happening.AddMethod)!,
                Modifier = ModifierOf(happening.AddMethod),
                Type = NameOf(happening.EventType),
                Name = happening.Name,
            };

        private static IEnumerable<ApiMember> FieldsOf(TypeDefinition type) =>
            from field in type.Fields
            where field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly
            select new ApiMember(MemberKind.Field)
            {
                Access = field.IsPublic ? "public" : "protected",
                Modifier = field.HasConstant ? "const" : $"{(field.IsStatic ? "static" : "")} {(field.IsInitOnly ? "readonly" : "")}".Trim(),
                Type = NameOf(field.FieldType),
                Name = field.Name,
                Value = field.HasConstant ? Literal.Format(field.Constant) : null,
            };

        private static string? AccessOf(MethodDefinition? method) => method switch
        {
            { IsPublic: true } => "public",
            { IsFamily: true } or { IsFamilyOrAssembly: true } => "protected",
            _ => null,
        };

        /// <summary>What stood in the source: an interface's implementation is virtual in metadata only.</summary>
        private static string ModifierOf(MethodDefinition method) => method switch
        {
            { IsStatic: true } => "static",
            { DeclaringType.IsInterface: true } => method.IsAbstract ? "" : "virtual",
            { IsAbstract: true } => "abstract",
            { IsVirtual: true, IsNewSlot: false } => "override",
            { IsVirtual: true, IsFinal: false } => "virtual",
            _ => "",
        };

        private static ApiParameter[] ParametersOf(IEnumerable<ParameterDefinition> parameters) => [.. parameters.Select(ParameterOf)];

        private static ApiParameter ParameterOf(ParameterDefinition parameter)
        {
            var reference = parameter.ParameterType as ByReferenceType;
            string modifier = reference == null ? (AttributeTags.IsParams(parameter) ? "params" : "") : parameter switch
            {
                { IsOut: true, IsIn: false } => "out",
                { IsIn: true } => "in",
                _ => "ref",
            };
            return new ApiParameter(
                modifier,
                NameOf(reference?.ElementType ?? parameter.ParameterType),
                parameter.Name,
                parameter.HasConstant ? Literal.Format(parameter.Constant) : null);
        }
    }
}
