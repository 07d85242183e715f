using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NanoApi.IlRules
{
    /// <summary>The device invokes test methods with a null `this` and reads primitives and strings only from a DataRow.</summary>
    internal static class UnitTestRule
    {
        private const string Framework = "nanoFramework.TestFramework.";
        private static readonly string[] Invoked = ["TestMethod", "DataRow", "Setup", "Cleanup"];

        public static IEnumerable<string> Problems(ModuleDefinition module) =>
            module.GetAllTypes().Where(type => Has(type, "TestClass")).SelectMany(Problems);

        private static IEnumerable<string> Problems(TypeDefinition type)
        {
            IEnumerable<string> fields = type.Fields.Where(field => !field.IsStatic)
                .Select(field => $"{type.FullName}.{field.Name}: a test class has no instance state");
            MethodDefinition[] methods = [.. type.Methods.Where(method => Invoked.Any(name => Has(method, name)))];
            return fields
                .Concat(methods.Where(UsesThis).Select(method => $"{IlWalk.Place(method)}: uses this, which is null on the device"))
                .Concat(methods.SelectMany(RowProblems));
        }

        private static bool UsesThis(MethodDefinition method) =>
            method.HasThis && method.HasBody && method.Body.Instructions.Any(instruction =>
                instruction.OpCode.Code == Code.Ldarg_0 || (instruction.Operand is ParameterDefinition parameter && parameter == method.Body.ThisParameter));

        private static IEnumerable<string> RowProblems(MethodDefinition method) =>
            from attribute in method.CustomAttributes
            where attribute.AttributeType.FullName == Framework + "DataRowAttribute"
            from argument in attribute.ConstructorArguments
            from value in argument.Value as CustomAttributeArgument[] ?? []
            let inner = value.Value is CustomAttributeArgument boxed ? boxed : value
            where inner.Value != null && !inner.Type.IsPrimitive && inner.Type.FullName != "System.String"
            select $"{IlWalk.Place(method)}: a DataRow holds primitives and strings, not {inner.Type.FullName}";

        private static bool Has(ICustomAttributeProvider member, string name) =>
            member.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == $"{Framework}{name}Attribute");
    }
}
