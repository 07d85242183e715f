using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NanoApi.IlRules
{
    /// <summary>
    /// The state of a device class is in public fields, since a property costs two methods. Another assembly may only read what
    /// the class itself, or a derived one, changes after its construction.
    /// </summary>
    internal static class FieldOwnership
    {
        // Carriers that the assemblies fill in for each other.
        private static readonly string[] Carriers = ["Firmware.Telemetry.OutgoingMessage", "Firmware.Sensing.Channel"];

        public static IEnumerable<string> Problems(IReadOnlyCollection<ModuleDefinition> modules)
        {
            (FieldReference Field, MethodDefinition Writer)[] writes =
            [
                .. from module in modules
                   from type in module.GetAllTypes()
                   from method in type.Methods
                   where method.HasBody && !method.IsConstructor
                   from instruction in method.Body.Instructions
                   where instruction.OpCode == OpCodes.Stfld && !IsInitializer(instruction)
                   select ((FieldReference)instruction.Operand, method),
            ];
            HashSet<string> owned = [.. from write in writes where write.Writer.DeclaringType.FullName == write.Field.DeclaringType.FullName select write.Field.FullName];
            return from write in writes
                   where write.Field.DeclaringType.Scope != write.Writer.Module
                       && owned.Contains(write.Field.FullName)
                       && write.Writer.DeclaringType.BaseType?.FullName != write.Field.DeclaringType.FullName
                       && !Carriers.Contains(write.Field.DeclaringType.FullName)
                   select $"{IlWalk.Place(write.Writer)}: writes {write.Field.DeclaringType.Name}.{write.Field.Name}, which its class changes itself";
        }

        // An object initializer stores between a constructor's dup and the next.
        private static bool IsInitializer(Instruction store)
        {
            int depth = 0;
            for (Instruction? at = store.Previous; at != null && depth++ < 8; at = at.Previous)
            {
                if (at.OpCode == OpCodes.Dup)
                {
                    return true;
                }

                if (at.OpCode == OpCodes.Stfld || at.OpCode == OpCodes.Ldarg_0)
                {
                    return false;
                }
            }

            return false;
        }
    }
}
