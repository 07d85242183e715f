using System.Text;

namespace Cost.Counting;

/// <summary>
/// What objects take on the device's heap, in bytes. It is handed out in blocks of 12 bytes; a header takes one, a field
/// one, whatever its type (nf-interpreter, CLR_RT_HeapBlock). Measured: byte[1000] 1020, a 100-character string 120, an
/// object of three fields 48.
/// </summary>
public static class DeviceHeap
{
    public const int BlockBytes = 12;

    /// <summary>A string constant: a header that points into the flash.</summary>
    public const int LiteralBytes = BlockBytes;

    public const int BoxBytes = 2 * BlockBytes;

    public const int ReferenceBytes = BlockBytes;

    private const int ArrayHeaderBytes = 20;

    public static int ObjectBytes(int fields) => BlockBytes * (1 + fields);

    public static int ArrayBytes(int length, int elementBytes) => Round(ArrayHeaderBytes + (length * elementBytes));

    /// <summary>Text is UTF-8 with a zero behind it.</summary>
    public static int StringBytes(string text) => Round(BlockBytes + Encoding.UTF8.GetByteCount(text) + 1);

    /// <summary>Bytes of an element of an array by the desktop's type.</summary>
    public static int ElementBytes(string typeName) => typeName switch
    {
        "System.Byte" or "System.SByte" or "System.Boolean" => 1,
        "System.Char" or "System.Int16" or "System.UInt16" => 2,
        "System.Int32" or "System.UInt32" or "System.Single" => 4,
        "System.Int64" or "System.UInt64" or "System.Double" => 8,
        _ => ReferenceBytes,
    };

    public static int BytesOf(object value) => value switch
    {
        string text => StringBytes(text),
        Array array => ArrayBytes(array.Length, ElementBytes(array.GetType().GetElementType()!.FullName!)),
        _ => 0,
    };

    private static int Round(int bytes) => (bytes + BlockBytes - 1) / BlockBytes * BlockBytes;
}
