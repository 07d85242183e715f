using System.Collections;
using System.Reflection;
using Cost.Counting;

namespace Cost.Rig;

/// <summary>
/// Adds up what objects of the firmware take on the device's heap, and all that they refer to, each once. What belongs to
/// the simulated world is left out; of the base library only arrays, strings and lists count.
/// </summary>
internal sealed class HeldMemory
{
    private const int ListBytes = 120; // as in CallPrices
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object> _waiting = new();

    public long Bytes { get; private set; }

    public void Add(object root)
    {
        Visit(root);
        while (_waiting.TryPop(out object? item))
        {
            Bytes += BytesOf(item);
        }
    }

    /// <summary>Adds what the types of an assembly have in static fields.</summary>
    public void AddStatics(Assembly assembly)
    {
        IEnumerable<FieldInfo> fields = assembly.GetTypes().SelectMany(type => type.GetFields(Own | BindingFlags.Static)).Where(field => !field.IsLiteral);
        foreach (object? value in fields.Select(field => field.GetValue(null)))
        {
            if (value != null)
            {
                Add(value);
            }
        }
    }

    private static bool IsOurs(Type type)
    {
        string name = type.Assembly.GetName().Name!;
        return name.StartsWith("Firmware", StringComparison.Ordinal) || name is "Boards.Esp32" or "Boards.Esp32.Updates";
    }

    private static bool IsOfNumbers(object item) => item.GetType().GetElementType()?.IsValueType == true;

    private void Visit(object? item)
    {
        if (item != null && !item.GetType().IsValueType && _seen.Add(item))
        {
            _waiting.Push(item);
        }
    }

    private long BytesOf(object item)
    {
        if (item is string text)
        {
            // A literal points into the flash.
            return string.IsInterned(text) == null ? DeviceHeap.StringBytes(text) : DeviceHeap.LiteralBytes;
        }

        if (item is Array or ArrayList)
        {
            for (IEnumerator elements = ((IEnumerable)item).GetEnumerator(); !IsOfNumbers(item) && elements.MoveNext();)
            {
                Visit(elements.Current);
            }

            return item is Array array ? DeviceHeap.BytesOf(array) : ListBytes;
        }

        if (!IsOurs(item.GetType()))
        {
            return 0;
        }

        int fields = 0;
        for (Type? type = item.GetType(); type != null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(Own | BindingFlags.Instance))
            {
                fields++;
                Visit(field.GetValue(item));
            }
        }

        return DeviceHeap.ObjectBytes(fields);
    }
}
