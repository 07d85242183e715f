using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace NanoApi.IlRules
{
    /// <summary>
    /// What the device's metadata format counts in 8 or 16 bits, as nanoFramework's metadata processor does: method bodies
    /// and strings of an assembly are addressed by 16 bits, methods and fields of a type are counted in 8.
    /// </summary>
    internal static class FormatLimits
    {
        /// <summary>Of 65 535: what follows tomorrow has to fit as well.</summary>
        public const int Warning = 62_000;

        private const int MembersOfAKind = 255;
        private const int HandlerBytes = 12;

        /// <param name="module">An assembly.</param>
        /// <param name="configuration">How it was built: a debug build, as Visual Studio's F5 makes it, is a fifth larger.</param>
        /// <param name="limit">Bytes that its method bodies, and its strings, may take.</param>
        public static IEnumerable<string> Problems(ModuleDefinition module, string configuration = "Release", int limit = Warning)
        {
            string name = $"{module.Assembly.Name.Name} ({configuration})";
            int code = CodeBytes(module);
            if (code > limit)
            {
                yield return $"{name}: {code} bytes of IL, {limit} allowed of the format's 65535: move whole folders to another assembly";
            }

            int strings = StringBytes(module);
            if (strings > limit)
            {
                yield return $"{name}: {strings} bytes of names and texts, {limit} allowed of the format's 65535: shorten texts, or move whole folders to another assembly";
            }

            foreach ((string type, string kind, int count) in module.GetAllTypes().SelectMany(Counts).Where(entry => entry.Count > MembersOfAKind))
            {
                yield return $"{type}: {count} {kind}, the format takes {MembersOfAKind} in a type: split it";
            }
        }

        /// <summary>Bytes of all bodies on the device.</summary>
        public static int CodeBytes(ModuleDefinition module) => IlWalk.Bodies(module).Sum(method => CodeBytes(method.Body));

        /// <summary>Bytes of the names and texts on the device, each kept once.</summary>
        public static int StringBytes(ModuleDefinition module) =>
            Strings(module).Distinct(StringComparer.Ordinal).Sum(text => Encoding.UTF8.GetByteCount(text) + 1);

        /// <summary>Bytes of a body on the device: tokens and jumps take two bytes there, a switch one for its length.</summary>
        public static int CodeBytes(MethodBody body) =>
            body.Instructions.Sum(instruction => instruction.OpCode.Size + OperandBytes(instruction))
            + (body.HasExceptionHandlers ? (body.ExceptionHandlers.Count * HandlerBytes) + 1 : 0);

        private static int OperandBytes(Instruction instruction) => instruction.OpCode.OperandType switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineArg => 1,
            OperandType.InlineBrTarget or OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineString
                or OperandType.InlineType or OperandType.InlineVar or OperandType.InlineArg => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 1 + (2 * ((Instruction[])instruction.Operand).Length),
            _ => 4,
        };

        // The format has some hundred common names built in, which are counted here: an assembly is a little smaller.
        private static IEnumerable<string> Strings(ModuleDefinition module)
        {
            IEnumerable<string> types = module.GetAllTypes().SelectMany(type => new[] { type.Namespace, type.Name });
            IEnumerable<string> members = module.GetAllTypes().SelectMany(type =>
                type.Methods.Select(method => method.Name).Concat(type.Fields.Where(field => !field.HasConstant).Select(field => field.Name)));
            IEnumerable<string> named = module.GetTypeReferences().SelectMany(type => new[] { type.Namespace, type.Name })
                .Concat(module.GetMemberReferences().Select(member => member.Name))
                .Concat(module.AssemblyReferences.Select(reference => reference.Name));
            IEnumerable<string> literals =
                from method in IlWalk.Bodies(module)
                from instruction in method.Body.Instructions
                where instruction.OpCode.Code == Code.Ldstr
                select (string)instruction.Operand;
            IEnumerable<string> attributed =
                from method in module.GetAllTypes().SelectMany(type => type.Methods)
                from attribute in method.CustomAttributes
                from text in attribute.ConstructorArguments.SelectMany(Texts)
                select text;
            return types.Concat(members).Concat(named).Concat(literals).Concat(attributed);
        }

        // The rows of a test.
        private static IEnumerable<string> Texts(CustomAttributeArgument argument) => argument.Value switch
        {
            string text => [text],
            CustomAttributeArgument boxed => Texts(boxed),
            CustomAttributeArgument[] array => array.SelectMany(Texts),
            _ => [],
        };

        private static IEnumerable<(string Type, string Kind, int Count)> Counts(TypeDefinition type) =>
        [
            (type.FullName, "virtual methods", type.Methods.Count(method => method.IsVirtual)),
            (type.FullName, "instance methods", type.Methods.Count(method => !method.IsVirtual && !method.IsStatic)),
            (type.FullName, "static methods", type.Methods.Count(method => method.IsStatic)),
            (type.FullName, "instance fields", type.Fields.Count(field => !field.IsStatic)),
            (type.FullName, "static fields", type.Fields.Count(field => field.IsStatic && !field.HasConstant)),
        ];
    }
}
