using M2m.Client;

namespace M2m.Updates;

/// <summary>Makes a release from build outputs; refuses what a device could not load.</summary>
internal static class Packer
{
    /// <summary>The same input gives the same bytes.</summary>
    public static (byte[] Bundle, Manifest Manifest) Pack(PackOptions options, IReadOnlyList<CodeAssembly> assemblies)
    {
        CheckKinds(assemblies);
        foreach (CodeAssembly assembly in assemblies)
        {
            CheckVersion(options, assembly);
        }

        CheckReferences(assemblies);
        string entry = options.Entry ?? EntryOf(assemblies[^1]);
        CheckEntry(entry, assemblies);
        byte[] bundle = Bundle.Write(entry, [.. assemblies.Select(assembly => (assembly.Name, assembly.Version, assembly.Bytes))]);
        if (bundle.Length > Bundle.MaxSize)
        {
            throw new FailedException($"the bundle takes {bundle.Length} bytes, a device has room for {Bundle.MaxSize}: leave out assemblies that have not changed, they are taken from what is built in");
        }

        return (bundle, new Manifest
        {
            Board = options.Board,
            Version = options.Version,
            Loader = options.Loader,
            Runtime = options.Runtime,
            Size = bundle.Length,
            Digests = Blocks.Digests(bundle),
            Notes = options.Notes,
            AllowDowngrade = options.AllowDowngrade,
        });
    }

    // The boards share the namespace of their programs, so it may be another than the assembly's name.
    private static string EntryOf(CodeAssembly board)
    {
        string own = board.Name + ".Application";
        return board.Types.Contains(own) ? own : board.Types.FirstOrDefault(type => type?.EndsWith(".Application", StringComparison.Ordinal) == true) ?? own;
    }

    private static void CheckKinds(IReadOnlyList<CodeAssembly> assemblies)
    {
        if (assemblies.Count is 0 or > Bundle.MaxAssemblies)
        {
            throw new FailedException($"a bundle has 1 to {Bundle.MaxAssemblies} assemblies, not {assemblies.Count}");
        }

        if (assemblies.FirstOrDefault(assembly => assembly.IsNano != assemblies[0].IsNano) is { } other)
        {
            throw new FailedException($"{assemblies[0].Path} and {other.Path} are not for the same machine: a bundle has .pe files for a device, or .dll files for the simulator");
        }

        foreach (CodeAssembly assembly in assemblies)
        {
            if (!Bundle.IsName(assembly.Name, Bundle.MaxName))
            {
                throw new FailedException($"{assembly.Path} is named '{assembly.Name}': a name is 1 to {Bundle.MaxName} of A-Z a-z 0-9 _ . -");
            }

            if (assemblies.First(first => first.Name == assembly.Name) is var first && first != assembly)
            {
                throw new FailedException($"{first.Path} and {assembly.Path} are both {assembly.Name}: the runtime would take the first only");
            }
        }
    }

    // References bind by name, major and minor, and the first one loaded wins: with the numbers of the built-in
    // assemblies the new ones would never be used.
    private static void CheckVersion(PackOptions options, CodeAssembly assembly)
    {
        var wanted = new Version(options.Version.Major, options.Version.Minor, options.Version.Patch, 0);
        if (assembly.Version != wanted && !options.Libraries.Contains(assembly.Name))
        {
            throw new FailedException(
                $"{assembly.Path}: {assembly.Name} has version {assembly.Version}, the release {options.Version} needs {wanted}.\n"
                + $"Build it with that version: the firmware's is in firmware/Core/FirmwareVersion.cs, the same in nf.props (devices) and Directory.Build.props (simulator); "
                + $"or, for the simulator, native-sim --write-image DIR --image-version {options.Version} makes assemblies of it. Or give --version {assembly.Version.ToString(3)}; "
                + $"a library that keeps its own version: --library {assembly.Name}");
        }
    }

    private static void CheckReferences(IReadOnlyList<CodeAssembly> assemblies)
    {
        for (int place = 0; place < assemblies.Count; place++)
        {
            foreach ((string name, Version version) in assemblies[place].References)
            {
                int target = assemblies.TakeWhile(assembly => assembly.Name != name).Count();
                if (target == assemblies.Count)
                {
                    continue;
                }

                CodeAssembly found = assemblies[target];
                if (target > place)
                {
                    throw new FailedException($"{assemblies[place].Name} refers to {name}, which comes later: assemblies are loaded in the order given, so give {found.Path} before {assemblies[place].Path}");
                }

                if (version.Major != found.Version.Major || version.Minor != found.Version.Minor)
                {
                    throw new FailedException(
                        $"{assemblies[place].Name} was built against {name} {version}, but {found.Path} is {found.Version}: references bind by major and minor. Build both together.");
                }
            }
        }
    }

    private static void CheckEntry(string entry, IReadOnlyList<CodeAssembly> assemblies)
    {
        if (!Bundle.IsName(entry, Bundle.MaxEntry))
        {
            throw new FailedException($"'{entry}' cannot be the entry type: its full name has 1 to {Bundle.MaxEntry} of A-Z a-z 0-9 _ . -");
        }

        string?[] types = [.. assemblies.SelectMany(assembly => assembly.Types)];

        // A name that the runtime contains cannot be seen here: the device checks it.
        if (!types.Contains(entry) && !types.Contains(null))
        {
            string[] others = [.. types.OfType<string>().Where(type => type.EndsWith(".Application", StringComparison.Ordinal))];
            throw new FailedException($"no assembly has a type {entry}: --entry names the class whose Run() is called{(others.Length == 0 ? string.Empty : $", e.g. {others[0]}")}. The last FILE must be the board's assembly.");
        }
    }
}
