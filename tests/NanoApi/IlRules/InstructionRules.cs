using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoApi.IlRules
{
    /// <summary>Instructions that the device lacks or takes for something else.</summary>
    internal static class InstructionRules
    {
        public static IEnumerable<string> Problems(ModuleDefinition module) =>
            from method in IlWalk.Bodies(module)
            from instruction in method.Body.Instructions
            let problem = ProblemOf(instruction)
            where problem != null
            select $"{IlWalk.Place(method, instruction)}: {problem}";

        private static string? ProblemOf(Instruction instruction) => instruction.OpCode.Code switch
        {
            Code.Localloc => "stackalloc",
            Code.Calli => "a call through a pointer",
            Code.Cpblk or Code.Initblk => $"a block of memory, {instruction.OpCode.Name}",
            Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un or Code.Mul_Ovf or Code.Mul_Ovf_Un =>
                $"checked arithmetic, {instruction.OpCode.Name}: on the device it does not throw",
            Code.Ldstr when ((string)instruction.Operand).Contains('\0') => "a text with U+0000: on the device it ends there",
            _ when instruction.OpCode.Name.StartsWith("conv.ovf", StringComparison.Ordinal) =>
                $"a checked conversion, {instruction.OpCode.Name}: on the device it does not throw (an array's index or length that is long needs a cast to int)",
            _ => null,
        };
    }
}
