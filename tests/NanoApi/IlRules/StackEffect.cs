using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoApi.IlRules
{
    /// <summary>
    /// How many values an instruction takes from the evaluation stack and leaves on it (ECMA-335, partition III).
    /// dup counts as adding one: the value that it copies stays.
    /// </summary>
    internal static class StackEffect
    {
        public static int Pops(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
        {
            _ when instruction.OpCode.Code == Code.Dup => 0,
            StackBehaviour.Pop0 => 0,
            StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
            StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
                or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
            StackBehaviour.Varpop => PopsOfCall(instruction),
            StackBehaviour.PopAll => int.MaxValue / 2,
            _ => 3,
        };

        public static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
        {
            StackBehaviour.Push0 => 0,
            StackBehaviour.Varpush => instruction.Operand is MethodReference { ReturnType.FullName: not "System.Void" } ? 1 : 0,
            _ => 1,
        };

        private static int PopsOfCall(Instruction instruction)
        {
            if (instruction.Operand is not MethodReference method)
            {
                return 0;
            }

            bool hasThis = method.HasThis && instruction.OpCode.Code != Code.Newobj;
            return method.Parameters.Count + (hasThis ? 1 : 0);
        }
    }
}
