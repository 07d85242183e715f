namespace System;

/// <summary>The device's window on a byte array.</summary>
public readonly struct SpanByte
{
    private readonly byte[]? _array;
    private readonly int _start;
    private readonly int _length;

    public SpanByte(byte[]? array)
    {
        _array = array;
        _start = 0;
        _length = array?.Length ?? 0;
    }

    public SpanByte(byte[]? array, int start, int length)
    {
        int available = array?.Length ?? 0;
        if (start < 0 || length < 0 || start > available || length > available - start)
        {
            throw new ArgumentOutOfRangeException();
        }

        _array = array;
        _start = start;
        _length = length;
    }

    public static SpanByte Empty => default;

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    public byte this[int index]
    {
        get => Span[Checked(index)];
        set => Span[Checked(index)] = value;
    }

    internal Span<byte> Span => new(_array, _start, _length);

    public static implicit operator SpanByte(byte[]? array) => new(array);

    public void CopyTo(SpanByte destination)
    {
        if (destination._length < _length)
        {
            throw new ArgumentException();
        }

        Span.CopyTo(destination.Span);
    }

    public SpanByte Slice(int start) => Slice(start, _length - start);

    public SpanByte Slice(int start, int length)
    {
        if (start < 0 || length < 0 || start > _length || length > _length - start)
        {
            throw new ArgumentOutOfRangeException();
        }

        return new SpanByte(_array, _start + start, length);
    }

    public byte[] ToArray() => Span.ToArray();

    private int Checked(int index) =>
        (uint)index < (uint)_length ? index : throw new ArgumentOutOfRangeException();
}
