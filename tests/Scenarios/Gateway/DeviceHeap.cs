using System.Reflection;

namespace Scenarios.Gateway;

/// <summary>What the program of a device holds: the objects of firmware and port, strings and arrays, without what simulates the chip.</summary>
internal static class DeviceHeap
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Counts them.</summary>
    /// <param name="program">The program.</param>
    /// <returns>The objects, and the elements of all arrays and strings.</returns>
    public static (int Objects, long Elements) Of(object program)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { program };
        var next = new Stack<object>(seen);
        long elements = 0;
        while (next.TryPop(out object? item))
        {
            elements += item is Array array ? array.Length : item is string text ? text.Length : 0;
            foreach (object held in Held(item))
            {
                if (IsDevice(held) && seen.Add(held))
                {
                    next.Push(held);
                }
            }
        }

        return (seen.Count, elements);
    }

    private static IEnumerable<object> Held(object item)
    {
        if (item is object[] array)
        {
            return array.Where(element => element is not null);
        }

        var held = new List<object>();
        for (Type? type = item is string or Array ? null : item.GetType(); type is not null; type = type.BaseType)
        {
            held.AddRange(type.GetFields(Own).Where(field => !field.FieldType.IsValueType).Select(field => field.GetValue(item)).OfType<object>());
        }

        return held;
    }

    private static bool IsDevice(object item)
    {
        Type type = item.GetType();
        type = type.IsArray ? type.GetElementType()! : type;
        string space = type.Namespace ?? string.Empty;
        return type.IsPrimitive || type == typeof(string) || space.StartsWith("Firmware", StringComparison.Ordinal) || space.StartsWith("Boards.Esp32", StringComparison.Ordinal)
            || (item is Array && type.IsArray);
    }
}
