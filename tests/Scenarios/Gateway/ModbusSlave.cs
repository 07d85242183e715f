using System.Diagnostics;

namespace Scenarios.Gateway;

/// <summary>The slave by libmodbus, compiled once.</summary>
internal static class ModbusSlave
{
    private static string? s_program;

    /// <summary>The program.</summary>
    public static string Program => s_program ??= Compile();

    private static string Compile()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "modbus_slave");
        string source = program + ".c";
        using Process compiler = Process.Start("gcc", ["-Wall", "-Wextra", "-Werror", "-I/usr/include/modbus", "-o", program, source, "-lmodbus"]);
        compiler.WaitForExit();
        Assert.AreEqual(0, compiler.ExitCode, "gcc");
        return program;
    }
}
