using System.Globalization;

namespace Scenarios.Rules;

/// <summary>A condition as a person would compute it: no ranges, no timers, evaluated each time.</summary>
internal sealed class ConditionModel
{
    private bool _isHeld;
    private long? _since;
    private decimal? _last;

    public string Channel { get; init; } = "t";

    public decimal? Above { get; init; }

    public decimal? Below { get; init; }

    public decimal Hysteresis { get; init; }

    public bool? Is { get; init; }

    public string? Moves { get; init; }

    public decimal Amount { get; init; }

    public int For { get; init; }

    public string Json
    {
        get
        {
            var members = new List<string> { $"\"channel\":\"{Channel}\"" };
            Add("above", Above);
            Add("below", Below);
            Add("hysteresis", Hysteresis == 0 ? null : Hysteresis);
            Add("for", For == 0 ? null : For);
            if (Is is bool wanted)
            {
                members.Add("\"is\":" + (wanted ? "true" : "false"));
            }

            if (Moves != null)
            {
                members.Add($"\"{Moves}\":" + (Moves == "changed" ? Amount.ToString(CultureInfo.InvariantCulture) : "true"));
            }

            return "{" + string.Join(',', members) + "}";

            void Add(string name, decimal? value)
            {
                if (value != null)
                {
                    members.Add($"\"{name}\":" + value.Value.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
    }

    public bool? Evaluate(decimal? value, long now)
    {
        if (value is not decimal v)
        {
            _since = null;
            _last = null;
            return null;
        }

        decimal slack = _isHeld ? Hysteresis : 0;
        _isHeld = (Above == null || v > Above - slack) && (Below == null || v < Below + slack);
        bool isTrue = _isHeld && (Is == null || (v != 0) == Is);
        if (Moves != null)
        {
            bool moved = Moves switch
            {
                "rising" => _last != null && v > _last,
                "falling" => _last != null && v < _last,
                _ => _last != null && Math.Abs(v - _last.Value) >= Amount,
            };
            _last = Moves != "changed" || _last == null || moved ? v : _last;
            isTrue &= moved;
        }

        if (!isTrue)
        {
            _since = null;
            return false;
        }

        _since ??= now;
        return now >= _since + (For * 1000L);
    }
}

/// <summary>A rule: its state, and what it wants of the outputs in each.</summary>
internal sealed class RuleModel
{
    public required ConditionModel[] When { get; init; }

    public required ConditionModel[] And { get; init; }

    public bool Any { get; init; }

    /// <summary>Levels of the output for then, else and stale; null for no action.</summary>
    public required int?[] Levels { get; init; }

    public required string[] Outputs { get; init; }

    /// <summary>1 inactive, 2 active, 3 stale.</summary>
    public int State { get; private set; }

    public string Json
    {
        get
        {
            string text = "{\"when\":[" + string.Join(',', When.Select(c => c.Json)) + "],\"and\":[" + string.Join(',', And.Select(c => c.Json)) + "]" + (Any ? ",\"any\":true" : "");
            for (int i = 0; i < 3; i++)
            {
                text += Levels[i] is int level ? $",\"{(i == 0 ? "then" : i == 1 ? "else" : "stale")}\":[{{\"output\":\"{Outputs[i]}\",{(level is 0 or 100 ? $"\"on\":{(level == 0 ? "false" : "true")}" : $"\"level\":{level}")}}}]" : "";
            }

            return text + "}";
        }
    }

    public void Evaluate(Func<string, decimal?> valueOf, long now)
    {
        bool?[] when = [.. When.Select(c => c.Evaluate(valueOf(c.Channel), now))];
        bool?[] and = [.. And.Select(c => c.Evaluate(valueOf(c.Channel), now))];
        bool isTriggered = Any ? when.Any(r => r == true) : when.All(r => r == true);
        bool isKnown = and.All(r => r != null) && (when.All(r => r != null) || (Any && isTriggered));
        State = !isKnown ? 3 : isTriggered && and.All(r => r == true) ? 2 : 1;
    }

    public (string Output, int Level)? Wish => Levels[List] is int level ? (Outputs[List], level) : null;

    private int List => State == 2 ? 0 : State == 1 ? 1 : 2;
}
