using Mono.Cecil.Cil;

namespace Cost.Instrumentation;

/// <summary>Cuts a body where control may come in or go out: between two cuts all instructions run equally often.</summary>
internal static class BasicBlocks
{
    public static List<List<Instruction>> Of(MethodBody body)
    {
        HashSet<Instruction> leaders = Leaders(body);
        var blocks = new List<List<Instruction>>();
        foreach (Instruction instruction in body.Instructions)
        {
            if (blocks.Count == 0 || leaders.Contains(instruction))
            {
                blocks.Add([]);
            }

            blocks[^1].Add(instruction);
        }

        return blocks;
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction>();
        foreach (Instruction instruction in body.Instructions)
        {
            leaders.UnionWith(Targets(instruction));
            if (Ends(instruction.OpCode.FlowControl) && instruction.Next != null)
            {
                leaders.Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            Instruction?[] borders = [handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd, handler.FilterStart];
            leaders.UnionWith(borders.OfType<Instruction>());
        }

        return leaders;
    }

    private static Instruction[] Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    private static bool Ends(FlowControl flow) =>
        flow is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;
}
