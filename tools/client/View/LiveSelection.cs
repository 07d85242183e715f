using System.Globalization;

namespace M2m.Client.View;

/// <summary>Which devices a live table shows, in which order and from where on. Keys change it, on any thread.</summary>
public sealed class LiveSelection
{
    public const string ByDevice = "device";
    public const string ByState = "state";
    public const string ByAge = "age";
    public const string BySeen = "seen";
    public const string BySignal = "signal";

    private const int MaxFilter = 40;

    public static readonly IReadOnlyList<string> Orders = [ByDevice, ByState, ByAge, BySeen, BySignal];

    private readonly Lock _gate = new();
    private string _order;
    private bool _isReversed;
    private bool _isTyping;
    private string _filter = string.Empty;
    private int _first;
    private int _page = 1;
    private int _matching;
    private int _all;

    public LiveSelection(string order)
    {
        _order = order;
    }

    /// <summary>What the keys do, and what is shown now.</summary>
    public string Help
    {
        get
        {
            lock (_gate)
            {
                string order = $"sorted by {_order}{(_isReversed ? ", reversed" : string.Empty)}";
                string count = string.Create(CultureInfo.InvariantCulture, $"{_matching} of {_all} match");
                return _isTyping ? $"filter: {_filter}_ · {count} · Enter keeps it, Esc clears it"
                    : _filter.Length > 0 ? $"filter: {_filter} · {count} · Esc clears it · {order}"
                    : $"{order} · s sorts, r reverses, / filters, arrows scroll";
            }
        }
    }

    public void Press(ConsoleKeyInfo key)
    {
        lock (_gate)
        {
            bool isTaken = _isTyping ? Type(key) : Command(key);
            if (!isTaken)
            {
                Scroll(key.Key);
            }
        }
    }

    /// <summary>The devices that match, in order.</summary>
    public IReadOnlyList<DeviceRow> Arrange(IReadOnlyCollection<DeviceRow> devices)
    {
        lock (_gate)
        {
            IEnumerable<DeviceRow> matching = devices.Where(Matches);
            IOrderedEnumerable<DeviceRow> ordered = _order switch
            {
                ByState => matching.OrderBy(device => device.Presence?.State ?? string.Empty, StringComparer.Ordinal),
                ByAge => matching.OrderByDescending(device => device.NewestTime ?? double.MinValue),
                BySeen => matching.OrderByDescending(device => device.LastSeen ?? DateTimeOffset.MinValue),
                BySignal => matching.OrderByDescending(device => device.SignalDbm ?? double.MinValue),
                _ => matching.OrderBy(device => device.Id, StringComparer.Ordinal),
            };
            DeviceRow[] arranged = [.. ordered.ThenBy(device => device.Id, StringComparer.Ordinal)];
            if (_isReversed)
            {
                Array.Reverse(arranged);
            }

            _all = devices.Count;
            _matching = arranged.Length;
            return arranged;
        }
    }

    /// <summary>Index of the first device to show, where some of all fit.</summary>
    public int First(int count, int rows)
    {
        lock (_gate)
        {
            _page = Math.Max(1, rows);
            _first = Math.Clamp(_first, 0, Math.Max(0, count - rows));
            return _first;
        }
    }

    private bool Command(ConsoleKeyInfo key)
    {
        switch (key.KeyChar)
        {
            case 's':
                _order = Orders[(Orders.ToList().IndexOf(_order) + 1) % Orders.Count];
                return true;
            case 'r':
                _isReversed = !_isReversed;
                return true;
            case '/':
                _isTyping = true;
                return true;
            case '\e':
                _filter = string.Empty;
                return true;
            default:
                return false;
        }
    }

    private bool Type(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                _isTyping = false;
                return true;
            case ConsoleKey.Escape:
                _isTyping = false;
                _filter = string.Empty;
                return true;
            case ConsoleKey.Backspace:
                _filter = _filter.Length > 0 ? _filter[..^1] : string.Empty;
                return true;
            default:
                bool isText = !char.IsControl(key.KeyChar);
                _filter = isText && _filter.Length < MaxFilter ? _filter + key.KeyChar : _filter;
                _first = isText ? 0 : _first;
                return isText;
        }
    }

    private void Scroll(ConsoleKey key) => _first = key switch
    {
        ConsoleKey.UpArrow => Math.Max(0, _first - 1),
        ConsoleKey.DownArrow => Math.Min(_first + 1, Math.Max(0, _matching - _page)),
        ConsoleKey.PageUp => Math.Max(0, _first - _page),
        ConsoleKey.PageDown => Math.Min(_first + _page, Math.Max(0, _matching - _page)),
        ConsoleKey.Home => 0,
        ConsoleKey.End => Math.Max(0, _matching - _page),
        _ => _first,
    };

    private bool Matches(DeviceRow device) =>
        _filter.Length == 0 || Contains(device.Id) || Contains(device.Presence?.State) || device.Readings.Keys.Any(Contains);

    private bool Contains(string? text) => text?.Contains(_filter, StringComparison.OrdinalIgnoreCase) == true;
}
