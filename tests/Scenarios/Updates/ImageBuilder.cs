using System.Collections.Concurrent;
using Boards.NativeSim;
using M2m.Updates;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Scenarios.Updates;

/// <summary>Makes images of other versions, good ones and bad ones, out of the built-in one: its assemblies rewritten, nothing compiled.</summary>
internal static class ImageBuilder
{
    private const string Board = "Boards.NativeSim";
    private const string Port = "Boards.Esp32";

    // In load order. The first is the large one, and may be left to the deployment.
    private static readonly string[] Names = ["Firmware.Core", "Firmware", Port, Board];
    private static readonly ConcurrentDictionary<(string, Defect, bool), byte[]> s_built = new();

    /// <summary>Makes a bundle.</summary>
    /// <param name="version">Its version and that of its assemblies, "x.y.z".</param>
    /// <param name="defect">What is wrong with it.</param>
    /// <param name="isPartial">Whether it uses the deployment's Firmware.Core.</param>
    /// <returns>The bundle.</returns>
    public static byte[] Build(string version, Defect defect = Defect.None, bool isPartial = false) =>
        s_built.GetOrAdd((version, defect, isPartial), _ => Make(Version.Parse(version + ".0"), defect, Names[(isPartial ? 1 : 0)..]));

    private static byte[] Make(Version version, Defect defect, string[] names)
    {
        List<(string Name, Version Version, byte[] Bytes)> assemblies = [.. names.Select(name => (name, version, Rewrite(name, version, defect, names)))];
        if (defect == Defect.IsGarbage)
        {
            new Random(1).NextBytes(assemblies[^1].Bytes);
        }

        if (defect == Defect.IsDisordered)
        {
            assemblies.Reverse();
        }

        return Bundle.Write(defect == Defect.LacksEntry ? Board + ".Nothing" : Board + ".Application", assemblies);
    }

    private static byte[] Rewrite(string name, Version version, Defect defect, string[] names)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        assembly.Name.Version = version;
        foreach (AssemblyNameReference reference in assembly.MainModule.AssemblyReferences.Where(reference => names.Contains(reference.Name)))
        {
            reference.Version = version;
        }

        MethodDefinition[] methods = [.. assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)];
        foreach (Instruction instruction in methods.SelectMany(method => method.Body.Instructions))
        {
            // The compiler has put the constant where it is used.
            instruction.Operand = instruction.Operand is SimulatedBoard.Version ? version.ToString(3) : instruction.Operand;
        }

        Damage(assembly, defect);
        Shrink(assembly);
        using var file = new MemoryStream();
        assembly.Write(file);
        return file.ToArray();
    }

    private static void Damage(AssemblyDefinition assembly, Defect defect)
    {
        ModuleDefinition module = assembly.MainModule;
        switch (assembly.Name.Name, defect)
        {
            case (Board, Defect.ThrowsAtConstruction):
                Throw(Method<SimulatedProgram>(module, ".ctor"));
                break;
            case (Board, Defect.ThrowsInStart):
                Throw(Method<SimulatedProgram>(module, nameof(SimulatedProgram.Start)));
                break;
            case (Board, Defect.ThrowsInLoop):
                Throw(Method<SimulatedProgram>(module, nameof(SimulatedProgram.Advance)));
                break;
            case (Board, Defect.Ends):
                Empty(module.GetType(Board + ".Application").Methods.Single(method => method.Name == nameof(Application.Run))).Emit(OpCodes.Ret);
                break;
            case (Board, Defect.Hangs):
                Return(Method<SimulatedProgram>(module, nameof(SimulatedProgram.Advance)), Instruction.Create(OpCodes.Ldc_I4, int.MaxValue));
                break;
            case (Board, Defect.LacksReference):
                module.AssemblyReferences.Add(new AssemblyNameReference("Firmware.Extras", assembly.Name.Version));
                break;
            case (Port, Defect.NeverConnects):
                ForgetPort(module);
                break;
            case (Port, Defect.NeverMeasures):
                Return(Method<Boards.Esp32.Bmxx80Slot>(module, nameof(Boards.Esp32.Bmxx80Slot.Probe)), Instruction.Create(OpCodes.Ldnull));
                break;
        }
    }

    // Nobody listens on port 1.
    private static void ForgetPort(ModuleDefinition module)
    {
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            ILProcessor code = method.Body.GetILProcessor();
            foreach (Instruction call in method.Body.Instructions.Where(instruction => instruction.Operand is MethodReference { Name: "get_Port" }).ToArray())
            {
                code.InsertAfter(call, Instruction.Create(OpCodes.Ldc_I4_1));
                (call.OpCode, call.Operand) = (OpCodes.Pop, null);
            }
        }
    }

    private static MethodDefinition Method<T>(ModuleDefinition module, string name) =>
        module.GetType(typeof(T).FullName).Methods.Single(method => method.Name == name);

    private static void Throw(MethodDefinition method)
    {
        ILProcessor code = Empty(method);
        code.Emit(OpCodes.Ldstr, "bad image");
        code.Emit(OpCodes.Newobj, method.Module.ImportReference(typeof(InvalidOperationException).GetConstructor([typeof(string)])));
        code.Emit(OpCodes.Throw);
    }

    private static void Return(MethodDefinition method, Instruction value)
    {
        ILProcessor code = Empty(method);
        code.Append(value);
        code.Emit(OpCodes.Ret);
    }

    private static ILProcessor Empty(MethodDefinition method)
    {
        method.Body = new MethodBody(method);
        return method.Body.GetILProcessor();
    }

    // A desktop assembly is twice as large as the device's: what only people read of it goes.
    private static void Shrink(AssemblyDefinition assembly)
    {
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            type.CustomAttributes.Clear();
            foreach (MethodDefinition method in type.Methods)
            {
                method.CustomAttributes.Clear();
                method.MethodReturnType.CustomAttributes.Clear();
                foreach (ParameterDefinition parameter in method.Parameters)
                {
                    parameter.CustomAttributes.Clear();
                    parameter.Name = null;
                }
            }
        }
    }
}
