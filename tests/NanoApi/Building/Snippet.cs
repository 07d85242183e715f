using Microsoft.CodeAnalysis;
using NanoApi.Emission;

namespace NanoApi.Building
{
    /// <summary>Small sources compiled for the device, to show that a check fails where it must.</summary>
    internal static class Snippet
    {
        private static readonly string[] References =
            ["mscorlib", "nanoFramework.System.Collections", "nanoFramework.System.Text", "nanoFramework.TestFramework"];

        public static DeviceAssembly Compile(string source, bool allowUnsafe = false) => Compile([("Snippet.cs", source)], allowUnsafe);

        public static DeviceAssembly Compile(IEnumerable<(string Path, string Text)> sources, bool allowUnsafe = false)
        {
            IEnumerable<SyntaxTree> trees = sources.Select(source => DeviceCompiler.Parse(source.Text, source.Path));
            return DeviceCompiler.Compile("Snippet", trees, References.Select(ReferenceAssemblies.Reference), allowUnsafe: allowUnsafe);
        }

        /// <summary>Statements in a method, with the namespaces that the device has.</summary>
        public static string Statements(string statements) =>
            $$"""
            using System;
            using System.Collections;
            using System.Text;
            using System.Threading;
            public enum Colour { Red, Green }
            public class Snippet
            {
                public object Run(int number, string text, byte[] bytes, Colour colour, long wide, uint unsigned)
                {
                    {{statements}}
                    return null;
                }
            }
            """;
    }
}
