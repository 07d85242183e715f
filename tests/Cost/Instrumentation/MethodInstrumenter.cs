using Cost.Counting;
using Cost.Pricing;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Cost.Instrumentation;

/// <summary>Has one method count its basic blocks and what it allocates, and describes them in the map.</summary>
internal sealed class MethodInstrumenter(CountingMethods counting, CodeMap map, MethodDefinition method)
{
    private readonly Callee _self = map.Ours(Names.OfOurs(method));
    private readonly ILProcessor _il = method.Body.GetILProcessor();

    public void Run()
    {
        // Branches get longer: their short forms would not reach.
        method.Body.SimplifyMacros();
        List<List<Instruction>> blocks = BasicBlocks.Of(method.Body);
        var moved = new Dictionary<Instruction, Instruction>();
        foreach (List<Instruction> block in blocks)
        {
            CodeBlock described = Describe(block, isEntry: block == blocks[0]);
            moved[block[0]] = InsertBefore(block[0], map.AddBlock(described), counting.Block);
        }

        Retarget(blocks, moved);
        foreach (Instruction instruction in blocks.SelectMany(block => block))
        {
            CountSizes(instruction);
        }

        method.Body.OptimizeMacros();
    }

    private CodeBlock Describe(List<Instruction> block, bool isEntry)
    {
        long cost = isEntry ? IlWeights.Entry : 0;
        int objects = 0;
        long bytes = 0;
        var calls = new List<Callee>();
        foreach (Instruction instruction in block)
        {
            cost += IlWeights.Of(instruction.OpCode);
            long allocated = BytesOf(instruction);
            bytes += allocated;
            objects += allocated > 0 ? 1 : 0;
            if (instruction.Operand is MethodReference called && IsCall(instruction))
            {
                if (External(called) is not { } external)
                {
                    cost += called.Name == "Invoke" ? IlWeights.DelegateCall : 0;
                }
                else
                {
                    calls.Add(external);
                    bytes += external.Price.Bytes;
                    objects += external.Price.Bytes > 0 ? 1 : 0;
                }
            }
        }

        return new CodeBlock(_self, isEntry, cost, objects, bytes, [.. calls]);
    }

    // Strings, arrays and objects of the base library are sized by their price or as the code runs.
    private long BytesOf(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldstr => DeviceHeap.LiteralBytes,
        Code.Box => DeviceHeap.BoxBytes,
        Code.Newobj when instruction.Operand is MethodReference constructor && External(constructor) is not { Price.Bytes: > 0 } and not { Price.MakesResult: true } =>
            DeviceHeap.ObjectBytes(Fields(constructor.DeclaringType)),
        _ => 0,
    };

    private void CountSizes(Instruction instruction)
    {
        if (instruction.OpCode.Code == Code.Newarr)
        {
            int elementBytes = DeviceHeap.ElementBytes(((TypeReference)instruction.Operand).FullName);
            Insert(instruction, _il.Create(OpCodes.Dup), _il.Create(OpCodes.Ldc_I4, elementBytes), NewSite(null), _il.Create(OpCodes.Call, counting.Array));
        }
        else if (instruction.Operand is MethodReference called && IsCall(instruction) && External(called) is { } external)
        {
            if (counting.SubstituteFor(called) is { } substitute)
            {
                Insert(instruction, NewSite(external));
                instruction.OpCode = OpCodes.Call;
                instruction.Operand = substitute;
            }
            else if (external.Price.MakesResult)
            {
                InsertAfter(instruction, _il.Create(OpCodes.Dup), NewSite(external), _il.Create(OpCodes.Call, counting.Result));
            }
        }
    }

    private Instruction NewSite(Callee? calls) => _il.Create(OpCodes.Ldc_I4, map.AddSite(new Site(_self, calls)));

    private Instruction InsertBefore(Instruction target, int number, MethodReference counter)
    {
        Instruction first = _il.Create(OpCodes.Ldc_I4, number);
        Insert(target, first, _il.Create(OpCodes.Call, counter));
        return first;
    }

    private void Insert(Instruction target, params Instruction[] added)
    {
        foreach (Instruction instruction in added)
        {
            _il.InsertBefore(target, instruction);
        }
    }

    private void InsertAfter(Instruction target, params Instruction[] added)
    {
        foreach (Instruction instruction in added.Reverse())
        {
            _il.InsertAfter(target, instruction);
        }
    }

    private void Retarget(List<List<Instruction>> blocks, Dictionary<Instruction, Instruction> moved)
    {
        foreach (Instruction instruction in blocks.SelectMany(block => block))
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => moved[target],
                Instruction[] targets => Array.ConvertAll(targets, target => moved[target]),
                object other => other,
                null => null,
            };
        }

        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = Moved(handler.HandlerEnd);
            handler.FilterStart = Moved(handler.FilterStart);
        }

        Instruction? Moved(Instruction? border) => border == null ? null : moved[border];
    }

    private Callee? External(MethodReference called)
    {
        if (IsOurs(called))
        {
            return null;
        }

        string key = CallPrices.KeyOf(Names.Of(called), called.Parameters.Count);
        return map.External(key, CallPrices.Of(key));
    }

    private bool IsOurs(MethodReference called) => counting.IsOurs(called.DeclaringType.Scope);

    private static bool IsCall(Instruction instruction) =>
        instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj;

    // A delegate has its target and its method; what else is not ours is an exception: message, cause, trace, result.
    private int Fields(TypeReference type)
    {
        TypeDefinition? definition = counting.IsOurs(type.Scope) ? type.Resolve() : null;
        return definition == null ? type.FullName == "System.Object" ? 0 : type.FullName.EndsWith("Exception", StringComparison.Ordinal) ? 4 : 2
            : definition.Fields.Count(field => !field.IsStatic) + (definition.BaseType == null ? 0 : Fields(definition.BaseType));
    }
}
