using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NanoApi.IlRules
{
    /// <summary>Everything in an assembly that names a type, with the place to show.</summary>
    internal static class IlWalk
    {
        public static IEnumerable<(string Where, TypeReference Type)> TypesUsed(ModuleDefinition module) =>
            module.GetAllTypes().SelectMany(type => TypesUsed(type).Concat(type.Methods.SelectMany(TypesUsed)));

        public static IEnumerable<MethodDefinition> Bodies(ModuleDefinition module) =>
            module.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

        /// <summary>file(line): member, or the member alone where no symbols tell more.</summary>
        public static string Place(MethodDefinition method, Instruction? instruction = null)
        {
            SequencePoint? point = method.DebugInformation.SequencePoints
                .Where(candidate => !candidate.IsHidden && (instruction == null || candidate.Offset <= instruction.Offset))
                .OrderBy(candidate => instruction == null ? candidate.Offset : -candidate.Offset)
                .FirstOrDefault();
            string member = $"{method.DeclaringType.FullName}.{method.Name}";
            return point == null ? member : $"{point.Document.Url}({point.StartLine}): {member}";
        }

        private static IEnumerable<(string, TypeReference)> TypesUsed(TypeDefinition type)
        {
            string where = type.FullName;
            if (type.BaseType != null)
            {
                yield return (where, type.BaseType);
            }

            foreach (InterfaceImplementation entry in type.Interfaces)
            {
                yield return (where, entry.InterfaceType);
            }

            foreach (FieldDefinition field in type.Fields)
            {
                yield return ($"{where}.{field.Name}", field.FieldType);
            }
        }

        private static IEnumerable<(string, TypeReference)> TypesUsed(MethodDefinition method)
        {
            string where = Place(method);
            IEnumerable<TypeReference> signature = Signature(method);
            if (!method.HasBody)
            {
                return signature.Select(type => (where, type));
            }

            IEnumerable<TypeReference> locals = method.Body.Variables.Select(local => local.VariableType);
            IEnumerable<TypeReference> caught = method.Body.ExceptionHandlers.Select(handler => handler.CatchType).Where(type => type != null);
            IEnumerable<(string, TypeReference)> operands =
                from instruction in method.Body.Instructions
                from type in Operand(instruction.Operand)
                select (Place(method, instruction), type);
            return signature.Concat(locals).Concat(caught).Select(type => (where, type)).Concat(operands);
        }

        private static IEnumerable<TypeReference> Operand(object operand) => operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            GenericInstanceMethod method => [method.DeclaringType, .. Signature(method), .. method.GenericArguments],
            MethodReference method => [method.DeclaringType, .. Signature(method)],
            _ => [],
        };

        private static IEnumerable<TypeReference> Signature(MethodReference method) =>
            method.Parameters.Select(parameter => parameter.ParameterType).Prepend(method.ReturnType);
    }
}
