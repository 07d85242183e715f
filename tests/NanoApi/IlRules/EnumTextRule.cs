using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoApi.IlRules
{
    /// <summary>
    /// An enum turned into text: its name on the desktop, its number on the device.
    /// Follows each boxed enum along straight code to what consumes it; what goes through a variable or a call of one's own is not seen.
    /// </summary>
    internal static class EnumTextRule
    {
        private static readonly string[] TextMakers =
            ["System.Object::ToString", "System.Enum::ToString", "System.ValueType::ToString", "System.String::Concat", "System.String::Format",
             "System.Text.StringBuilder::Append", "System.Text.StringBuilder::Insert"];

        public static IEnumerable<string> Problems(ModuleDefinition module) =>
            from method in IlWalk.Bodies(module)
            from instruction in method.Body.Instructions
            where instruction.Operand is TypeReference type && MakesText(instruction) && IsEnum(type)
            select $"{IlWalk.Place(method, instruction)}: text of the enum {instruction.Operand}: on the device it is the number";

        private static bool MakesText(Instruction instruction) => instruction.OpCode.Code switch
        {
            Code.Constrained => IsTextMaker(instruction.Next),
            Code.Box => Consumer(instruction) is { } consumer && IsTextMaker(consumer),
            _ => false,
        };

        private static bool IsEnum(TypeReference type) => type is not (TypeSpecification or GenericParameter) && type.Resolve() is { IsEnum: true };

        private static bool IsTextMaker(Instruction instruction) =>
            instruction.Operand is MethodReference method && TextMakers.Contains($"{method.DeclaringType.FullName}::{method.Name}");

        /// <summary>What takes the value off the stack; a value stored in an array of arguments is followed into the call that takes the array.</summary>
        private static Instruction? Consumer(Instruction producer)
        {
            int above = 0;
            for (Instruction? next = producer.Next; next != null; next = next.Next)
            {
                if (next.OpCode.FlowControl is not (FlowControl.Next or FlowControl.Call))
                {
                    return null;
                }

                int taken = StackEffect.Pops(next);
                if (taken > above)
                {
                    // Array, index and value go; the array's other reference, from dup, lies right below.
                    return next.OpCode.Code == Code.Stelem_Ref ? Consumer(next) : next;
                }

                above += StackEffect.Pushes(next) - taken;
            }

            return null;
        }
    }
}
