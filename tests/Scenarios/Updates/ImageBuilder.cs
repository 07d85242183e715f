using System.Collections.Concurrent;
using Boards.Esp32;
using Boards.NativeSim;
using Boards.NativeSim.Images;
using M2m.Updates;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Scenarios.Updates;

/// <summary>Makes images of other versions, good ones and bad ones, out of the built-in one: its assemblies rewritten, nothing compiled.</summary>
internal static class ImageBuilder
{
    private const string Board = "Boards.NativeSim";
    private const string Port = "Boards.Esp32";

    private static readonly ConcurrentDictionary<(string, Defect, Carries), byte[]> s_built = new();

    /// <summary>Makes a bundle.</summary>
    /// <param name="version">Its version and that of its assemblies, "x.y.z".</param>
    /// <param name="defect">What is wrong with it.</param>
    /// <param name="carries">Which assemblies it carries.</param>
    /// <returns>The bundle.</returns>
    public static byte[] Build(string version, Defect defect = Defect.None, Carries carries = Carries.All) =>
        s_built.GetOrAdd((version, defect, carries), _ => Make(Version.Parse(version + ".0"), defect, NamesOf(carries)));

    private static string[] NamesOf(Carries carries) => carries switch
    {
        Carries.All => [.. ImageWriter.Names],
        _ => [Board],
    };

    private static byte[] Make(Version version, Defect defect, string[] names)
    {
        List<(string Name, Version Version, byte[] Bytes)> assemblies =
            [.. names.Select(name => (name, version, ImageWriter.Rewrite(name, version, names, assembly => Damage(assembly, defect))))];
        if (defect == Defect.IsGarbage)
        {
            new Random(1).NextBytes(assemblies[^1].Bytes);
        }

        if (defect == Defect.IsDisordered)
        {
            assemblies.Reverse();
        }

        return Bundle.Write(defect == Defect.LacksEntry ? Board + ".Nothing" : ImageWriter.Entry, assemblies);
    }

    private static void Damage(AssemblyDefinition assembly, Defect defect)
    {
        ModuleDefinition module = assembly.MainModule;
        switch (assembly.Name.Name, defect)
        {
            case (Board, Defect.ThrowsAtConstruction):
                Throw(Method(module, nameof(SimulatedProgram), ".ctor"));
                break;
            case (Board, Defect.ThrowsInStart):
                Throw(Method(module, nameof(SimulatedProgram), nameof(SimulatedProgram.Start)));
                break;
            case (Board, Defect.ThrowsInLoop):
                Throw(Method(module, nameof(SimulatedProgram), nameof(SimulatedProgram.Advance)));
                break;
            case (Board, Defect.Ends):
                Empty(Method(module, nameof(Application), nameof(Application.Run))).Emit(OpCodes.Ret);
                break;
            case (Board, Defect.Hangs):
                Return(Method(module, nameof(SimulatedProgram), nameof(SimulatedProgram.Advance)), Instruction.Create(OpCodes.Ldc_I4, int.MaxValue));
                break;
            case (Board, Defect.LacksReference):
                module.AssemblyReferences.Add(new AssemblyNameReference("Firmware.Extras", assembly.Name.Version));
                break;
            case (Port, Defect.NeverConnects):
                ForgetPort(module);
                break;
            case (Port, Defect.NeverMeasures):
                Return(Method(module, nameof(Bmxx80Port), nameof(Bmxx80Port.Probe)), Instruction.Create(OpCodes.Ldnull));
                break;
        }
    }

    // Nobody listens on port 1.
    private static void ForgetPort(ModuleDefinition module)
    {
        int found = 0;
        foreach (MethodBody body in ImageWriter.Bodies(module))
        {
            ILProcessor code = body.GetILProcessor();
            foreach (Instruction load in body.Instructions.Where(instruction => instruction.Operand is FieldReference { Name: "Port" }).ToArray())
            {
                code.InsertAfter(load, Instruction.Create(OpCodes.Ldc_I4_1));
                (load.OpCode, load.Operand) = (OpCodes.Pop, null);
                found++;
            }
        }

        if (found == 0)
        {
            throw new InvalidOperationException("the port of the broker is read nowhere: this image would connect");
        }
    }

    private static MethodDefinition Method(ModuleDefinition module, string type, string name) =>
        module.GetType(module.Assembly.Name.Name, type).Methods.Single(method => method.Name == name);

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
}
