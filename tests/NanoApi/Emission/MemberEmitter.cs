using Mono.Cecil;
using Mono.Cecil.Cil;
using NanoApi.Model;

namespace NanoApi.Emission
{
    /// <summary>Adds a type's members. Bodies throw: the compiler reads signatures only.</summary>
    internal sealed class MemberEmitter(TypeLookup types, AttributeEmitter attributes)
    {
        private const MethodAttributes Accessor = MethodAttributes.HideBySig | MethodAttributes.SpecialName;
        private const MethodAttributes ConstructorName = MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;

        public void Add(TypeDefinition owner, ApiMember member)
        {
            switch (member.Kind)
            {
                case MemberKind.Constructor:
                    AddMethod(owner, member, ".ctor", "System.Void", ConstructorName);
                    break;
                case MemberKind.Method:
                    bool isOperator = member.Name.StartsWith("op_", StringComparison.Ordinal);
                    AddMethod(owner, member, member.Name, member.Type, MethodAttributes.HideBySig | (isOperator ? MethodAttributes.SpecialName : 0));
                    break;
                case MemberKind.Property:
                    AddProperty(owner, member);
                    break;
                case MemberKind.Event:
                    AddEvent(owner, member);
                    break;
                case MemberKind.Field:
                    AddField(owner, member);
                    break;
                case MemberKind.EnumField:
                    AddEnumField(owner, member);
                    break;
                default:
                    AddDelegateMembers(owner, member);
                    break;
            }
        }

        private MethodDefinition AddMethod(TypeDefinition owner, ApiMember member, string name, string returns, MethodAttributes attributesOfMethod)
        {
            var method = new MethodDefinition(name, attributesOfMethod | Access(member.Access) | Modifiers(owner, member.Modifier), types.InSignature(returns));
            foreach (ApiParameter parameter in member.Parameters)
            {
                method.Parameters.Add(Parameter(parameter));
            }

            if (member.IsExtension)
            {
                attributes.AddExtension(method);
            }

            if (!method.IsAbstract)
            {
                method.Body.Instructions.Add(Instruction.Create(OpCodes.Ldnull));
                method.Body.Instructions.Add(Instruction.Create(OpCodes.Throw));
            }

            owner.Methods.Add(method);
            return method;
        }

        private void AddProperty(TypeDefinition owner, ApiMember member)
        {
            var property = new PropertyDefinition(member.Name, PropertyAttributes.None, types.InSignature(member.Type));
            foreach (string accessor in member.Accessors.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                string[] words = accessor.Split(' ');
                ApiMember face = words.Length == 2 ? member with { Access = words[0] } : member;
                if (words[^1] == "get")
                {
                    property.GetMethod = AddMethod(owner, face, "get_" + member.Name, member.Type, Accessor);
                }
                else
                {
                    face = face with { Parameters = [.. member.Parameters, new ApiParameter("", member.Type, "value", null)] };
                    property.SetMethod = AddMethod(owner, face, "set_" + member.Name, "System.Void", Accessor);
                }
            }

            owner.Properties.Add(property);
        }

        private void AddEvent(TypeDefinition owner, ApiMember member)
        {
            ApiMember face = member with { Parameters = [new ApiParameter("", member.Type, "value", null)] };
            owner.Events.Add(new EventDefinition(member.Name, EventAttributes.None, types.InSignature(member.Type))
            {
                AddMethod = AddMethod(owner, face, "add_" + member.Name, "System.Void", Accessor),
                RemoveMethod = AddMethod(owner, face, "remove_" + member.Name, "System.Void", Accessor),
            });
        }

        private void AddField(TypeDefinition owner, ApiMember member)
        {
            FieldAttributes access = member.Access == "public" ? FieldAttributes.Public : FieldAttributes.Family;
            FieldAttributes modifiers = member.Modifier switch
            {
                "const" => FieldAttributes.Static | FieldAttributes.Literal | FieldAttributes.HasDefault,
                "static" => FieldAttributes.Static,
                "static readonly" => FieldAttributes.Static | FieldAttributes.InitOnly,
                "readonly" => FieldAttributes.InitOnly,
                "" => 0,
                _ => throw new FormatException("not a field's modifier: " + member.Modifier),
            };
            var field = new FieldDefinition(member.Name, access | modifiers, types.InSignature(member.Type));
            if (member.Value != null)
            {
                field.Constant = Literal.Parse(member.Value, types.ConstantType(member.Type));
            }

            owner.Fields.Add(field);
        }

        private static void AddEnumField(TypeDefinition owner, ApiMember member)
        {
            const FieldAttributes literal = FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.Literal | FieldAttributes.HasDefault;
            string underlying = owner.Fields.First(field => field.Name == "value__").FieldType.FullName;
            owner.Fields.Add(new FieldDefinition(member.Name, literal, owner) { Constant = Literal.Parse(member.Value!, underlying) });
        }

        private void AddDelegateMembers(TypeDefinition owner, ApiMember member)
        {
            var constructor = new MethodDefinition(".ctor", ConstructorName | MethodAttributes.Public, types.InSignature("System.Void"))
            {
                ImplAttributes = MethodImplAttributes.Runtime,
            };
            constructor.Parameters.Add(new ParameterDefinition("object", ParameterAttributes.None, types.InSignature("System.Object")));
            constructor.Parameters.Add(new ParameterDefinition("method", ParameterAttributes.None, types.InSignature("System.IntPtr")));
            owner.Methods.Add(constructor);

            MethodDefinition invoke = AddMethod(owner, member with { Access = "public", Modifier = "virtual" }, "Invoke", member.Type, MethodAttributes.HideBySig);
            invoke.ImplAttributes = MethodImplAttributes.Runtime;
            invoke.Body.Instructions.Clear();
        }

        private ParameterDefinition Parameter(ApiParameter parameter)
        {
            TypeReference type = types.InSignature(parameter.Type);
            bool byReference = parameter.Modifier is "out" or "ref";
            var made = new ParameterDefinition(parameter.Name, ParameterAttributes.None, byReference ? new ByReferenceType(type) : type)
            {
                IsOut = parameter.Modifier == "out",
            };
            if (parameter.Modifier == "params")
            {
                attributes.AddParams(made);
            }

            if (parameter.Default != null)
            {
                made.IsOptional = true;
                made.HasDefault = true;
                made.Constant = Literal.Parse(parameter.Default, types.ConstantType(parameter.Type));
            }

            return made;
        }

        private static MethodAttributes Access(string access) => access == "public" ? MethodAttributes.Public : MethodAttributes.Family;

        private static MethodAttributes Modifiers(TypeDefinition owner, string modifier) => modifier switch
        {
            "" when owner.IsInterface => MethodAttributes.Abstract | MethodAttributes.Virtual | MethodAttributes.NewSlot,
            "" => 0,
            "static" => MethodAttributes.Static,
            "abstract" => MethodAttributes.Abstract | MethodAttributes.Virtual | MethodAttributes.NewSlot,
            "virtual" => MethodAttributes.Virtual | MethodAttributes.NewSlot,
            "override" => MethodAttributes.Virtual,
            _ => throw new FormatException("not a method's modifier: " + modifier),
        };
    }
}
