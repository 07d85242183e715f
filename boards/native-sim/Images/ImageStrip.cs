using System.Runtime.CompilerServices;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Boards.NativeSim.Images;

/// <summary>Removes from an assembly what only people, compilers and debuggers read, as the device's format does.</summary>
internal static class ImageStrip
{
    public static void Strip(AssemblyDefinition assembly)
    {
        // Access to internal members is checked at run time.
        foreach (CustomAttribute attribute in assembly.CustomAttributes.Where(attribute => attribute.AttributeType.Name != nameof(InternalsVisibleToAttribute)).ToArray())
        {
            assembly.CustomAttributes.Remove(attribute);
        }

        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            type.CustomAttributes.Clear();
            type.Properties.Clear();
            type.Events.Clear();
            StripFields(type);
            StripMethods(type);
        }
    }

    private static void StripFields(TypeDefinition type)
    {
        int number = 0;
        foreach (FieldDefinition field in type.Fields.ToArray())
        {
            field.CustomAttributes.Clear();
            if (field.IsLiteral && !type.IsEnum)
            {
                type.Fields.Remove(field);
            }
            else if (field.IsPrivate)
            {
                field.Name = $"f{number++}";
            }
        }
    }

    private static void StripMethods(TypeDefinition type)
    {
        int number = 0;
        foreach (MethodDefinition method in type.Methods)
        {
            method.CustomAttributes.Clear();
            method.MethodReturnType.CustomAttributes.Clear();
            foreach (ParameterDefinition parameter in method.Parameters)
            {
                parameter.CustomAttributes.Clear();
                parameter.Name = null;
            }

            if (method.IsPrivate && !method.IsVirtual && !method.IsRuntimeSpecialName)
            {
                method.Name = $"m{number++}";
            }

            if (method.HasBody)
            {
                StripCode(method.Body);
            }
        }
    }

    // Each brace is an instruction in a debug build.
    private static void StripCode(MethodBody body)
    {
        body.SimplifyMacros();
        foreach (Instruction idle in body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Nop && instruction.Next is not null).ToArray())
        {
            Retarget(body, idle, idle.Next);
            body.Instructions.Remove(idle);
        }

        body.OptimizeMacros();
    }

    private static void Retarget(MethodBody body, Instruction from, Instruction to)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target when target == from => to,
                Instruction[] targets => Array.ConvertAll(targets, target => target == from ? to : target),
                _ => instruction.Operand,
            };
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = handler.TryStart == from ? to : handler.TryStart;
            handler.TryEnd = handler.TryEnd == from ? to : handler.TryEnd;
            handler.HandlerStart = handler.HandlerStart == from ? to : handler.HandlerStart;
            handler.HandlerEnd = handler.HandlerEnd == from ? to : handler.HandlerEnd;
            handler.FilterStart = handler.FilterStart == from ? to : handler.FilterStart;
        }
    }
}
