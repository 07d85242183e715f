namespace NanoApi.Model
{
    /// <summary>Says where a desktop assembly offers more than the device does, or something else. Offering less is allowed.</summary>
    internal static class ApiComparison
    {
        /// <summary>Names that desktop .NET's core library has in another shape are kept apart in this namespace, in place of System.</summary>
        private const string KeptApart = "nanoFramework.Emulation.";

        /// <param name="desktop">The public types of the desktop assembly.</param>
        /// <param name="ownBases">Whether its types may derive from something else than the device's.</param>
        public static IEnumerable<string> Problems(IEnumerable<ApiType> desktop, bool ownBases = false)
        {
            foreach (ApiType type in desktop)
            {
                string name = DeviceName(type.FullName);
                if (!DeviceApi.TypesByName.TryGetValue(name, out ApiType? facts))
                {
                    yield return $"{name}: the device has no such public type";
                    continue;
                }

                IEnumerable<string> bases = ownBases ? [] : BaseProblems(type, facts);
                foreach (string problem in ShapeProblems(type, facts).Concat(bases).Concat(MemberProblems(type, facts)))
                {
                    yield return $"{name}: {problem}";
                }
            }
        }

        private static IEnumerable<string> ShapeProblems(ApiType type, ApiType facts) =>
            DeviceName(type.Shape) == facts.Shape ? [] : [$"is a {DeviceName(type.Shape)}, on the device a {facts.Shape}"];

        private static IEnumerable<string> BaseProblems(ApiType type, ApiType facts)
        {
            string[] bases = [.. type.Bases.Select(DeviceName)];
            foreach (string more in bases.Except(facts.Bases))
            {
                yield return $"is a {more}, on the device it is not";
            }

            if (facts.Bases.Count > 0 && !bases.Contains(facts.Bases[0]) && !DeviceApi.IsInterface(facts.Bases[0]))
            {
                yield return $"is no {facts.Bases[0]}, on the device it is";
            }
        }

        private static IEnumerable<string> MemberProblems(ApiType type, ApiType facts)
        {
            HashSet<string> known = [.. facts.Members.SelectMany(Faces)];
            return from member in type.Members
                   from face in Faces(member).Select(DeviceName)
                   where !known.Contains(face)
                   let others = facts.Members.Where(other => other.Kind == member.Kind && other.Name == member.Name)
                   select others.Any()
                       ? $"has{face}\n    the device:{string.Join("\n    the device:", others)}"
                       : $"has{face}, the device does not";
        }

        /// <summary>A property's accessors count one by one: one that is missing is allowed too.</summary>
        private static IEnumerable<string> Faces(ApiMember member) => member.Kind != MemberKind.Property
            ? [member.ToString()]
            : member.Accessors.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(accessor => (member with { Accessors = accessor + ";" }).ToString());

        private static string DeviceName(string text) => text.Replace(KeptApart, "System.", StringComparison.Ordinal);
    }
}
