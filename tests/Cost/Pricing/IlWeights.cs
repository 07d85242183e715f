using Mono.Cecil.Cil;

namespace Cost.Pricing;

/// <summary>
/// What an IL instruction costs the device's interpreter, in instructions of the host that ran it. Measured on the real
/// interpreter: a simple instruction 40, a field 145, a static call and return 515, a small `new` 1 710 to 1 840. How a call
/// is divided, and the rest, is set so that the methods of the calibration come out.
/// </summary>
internal static class IlWeights
{
    /// <summary>What a caller pays for a call: finding the method and making its stack frame.</summary>
    public const long Call = 345;

    /// <summary>What the callee pays for being entered and left.</summary>
    public const long Entry = 150;

    /// <summary>Besides, for a call through a delegate: it has no body that could count.</summary>
    public const long DelegateCall = 500;

    private const long Simple = 40;
    private const long Element = 80;
    private const long Indirect = 80;
    private const long Field = 145;
    private const long TypeCheck = 200;
    private const long Leave = 80;
    private const long NewObject = 950; // With its constructor and that of Object: 1 700.
    private const long NewArray = 900;
    private const long Literal = 600;
    private const long Box = 700;
    private const long Throw = 5000; // A guess: exceptions are not the normal case.

    public static long Of(OpCode code) => code.Code switch
    {
        // Only Debug IL has it, and that is not what ships.
        Code.Nop => 0,
        Code.Ret => 0,
        Code.Call or Code.Callvirt => Call,
        Code.Newobj => NewObject,
        Code.Newarr => NewArray,
        Code.Ldstr => Literal,
        Code.Box => Box,
        Code.Castclass or Code.Isinst or Code.Unbox or Code.Unbox_Any => TypeCheck,
        Code.Throw or Code.Rethrow => Throw,
        Code.Leave or Code.Leave_S or Code.Endfinally or Code.Endfilter => Leave,
        Code.Ldobj or Code.Stobj or Code.Initobj or Code.Cpobj => Indirect,
        _ when code.OpCodeType == OpCodeType.Prefix => 0,
        _ when code.OperandType == OperandType.InlineField => Field,
        _ when IsElement(code) => Element,
        _ when IsIndirect(code) => Indirect,
        _ => Simple,
    };

    private static bool IsElement(OpCode code) =>
        code.Name.StartsWith("ldelem", StringComparison.Ordinal) || code.Name.StartsWith("stelem", StringComparison.Ordinal);

    private static bool IsIndirect(OpCode code) =>
        code.Name.StartsWith("ldind", StringComparison.Ordinal) || code.Name.StartsWith("stind", StringComparison.Ordinal);
}
