using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoApi.IlRules
{
    /// <summary>
    /// Elements of a fresh array of strings are neither null nor text on the device: comparing one stops the interpreter.
    /// So arrays of strings are made with all their elements, or by the one method that assigns them.
    /// </summary>
    internal static class StringArrayRule
    {
        private const string Maker = "Firmware.Platform.Texts::New";

        public static IEnumerable<string> Problems(ModuleDefinition module) =>
            from method in IlWalk.Bodies(module)
            where $"{method.DeclaringType.FullName}::{method.Name}" != Maker
            from instruction in method.Body.Instructions
            let made = ProblemOf(instruction)
            where made != null
            select $"{IlWalk.Place(method, instruction)}: {made}: on the device its elements are neither null nor text, and comparing one is a crash; Texts.New makes one of nulls";

        private static string? ProblemOf(Instruction instruction) => instruction.OpCode.Code switch
        {
            Code.Newarr when IsString(instruction.Operand) && !HasAllElements(instruction) => "an array of strings without their values",
            Code.Ldtoken when IsString(instruction.Operand) && CreatesArray(instruction) => "an array of strings from Array.CreateInstance",
            Code.Call when instruction.Operand is MethodReference { Name: "Clear", DeclaringType.FullName: "System.Array" } => "an array from Array.Clear",
            _ => null,
        };

        private static bool IsString(object operand) => operand is TypeReference { FullName: "System.String" };

        /// <summary>Whether each element is stored right away, as an initialiser or the arguments of params are: dup, index, value, stelem.</summary>
        private static bool HasAllElements(Instruction newArray)
        {
            if (Number(newArray.Previous) is not { } length)
            {
                return false;
            }

            int stored = 0;
            for (Instruction? next = newArray.Next; next?.Next != null && stored < length; next = next.Next)
            {
                stored += next.OpCode.Code == Code.Dup && Number(next.Next) == stored ? 1 : 0;
            }

            return stored == length;
        }

        private static bool CreatesArray(Instruction token)
        {
            Instruction? next = token;
            for (int i = 0; i < 4 && next != null; i++, next = next.Next)
            {
                if (next.Operand is MethodReference { Name: "CreateInstance", DeclaringType.FullName: "System.Array" })
                {
                    return true;
                }
            }

            return false;
        }

        private static int? Number(Instruction? instruction) => instruction?.OpCode.Code switch
        {
            >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => instruction.OpCode.Code - Code.Ldc_I4_0,
            Code.Ldc_I4_S => (sbyte)instruction.Operand,
            Code.Ldc_I4 => (int)instruction.Operand,
            _ => null,
        };
    }
}
