using System.Globalization;
using System.Text;

namespace M2m.Tests.Harness;

/// <summary>A terminal with as much of ECMA-48 as the live view uses.</summary>
internal sealed class Screen(int width, int height)
{
    private readonly object _gate = new();
    private readonly char[][] _cells = NewCells(width, height);
    private char[][]? _main;
    private StringBuilder? _sequence;
    private int _row;
    private int _column;

    public string Styles { get; private set; } = string.Empty;

    public bool IsAlternate => _main is not null;

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _cells.Select(row => new string(row).TrimEnd()));
            }
        }
    }

    public void Write(string text)
    {
        lock (_gate)
        {
            foreach (char c in text)
            {
                Write(c);
            }
        }
    }

    private static char[][] NewCells(int width, int height) => [.. Enumerable.Range(0, height).Select(_ => Enumerable.Repeat(' ', width).ToArray())];

    private void Write(char c)
    {
        if (_sequence is not null)
        {
            Continue(c);
            return;
        }

        switch (c)
        {
            case '\e':
                _sequence = new StringBuilder();
                break;
            case '\r':
                _column = 0;
                break;
            case '\b':
                _column = Math.Max(0, _column - 1);
                break;
            case '\n' when _row == height - 1:
                Array.Copy(_cells, 1, _cells, 0, height - 1);
                _cells[height - 1] = NewCells(width, 1)[0];
                break;
            case '\n':
                _row++;
                break;
            case >= ' ' when _column < width:
                _cells[_row][_column++] = c;
                break;
        }
    }

    private void Continue(char c)
    {
        _sequence!.Append(c);
        bool isOver = _sequence.Length == 1 ? c is not ('[' or ']' or '(') : char.IsAsciiLetter(c);
        if (!isOver)
        {
            return;
        }

        string sequence = _sequence.ToString();
        _sequence = null;
        if (sequence[0] == '[')
        {
            Obey(sequence[1..^1], sequence[^1]);
        }
    }

    private void Obey(string parameters, char command)
    {
        switch (command)
        {
            case 'H':
                int[] place = [.. parameters.Split(';').Select(number => int.TryParse(number, CultureInfo.InvariantCulture, out int value) ? value : 1), 1];
                _row = Math.Clamp(place[0] - 1, 0, height - 1);
                _column = Math.Clamp(place[1] - 1, 0, width - 1);
                break;
            case 'A':
                _row = Math.Max(0, _row - (int.TryParse(parameters, CultureInfo.InvariantCulture, out int up) ? up : 1));
                break;
            case 'K' when parameters == "2":
                Array.Fill(_cells[_row], ' ');
                break;
            case 'K':
                Array.Fill(_cells[_row], ' ', _column, width - _column);
                break;
            case 'J':
                int first = parameters == "2" ? 0 : _row;
                for (int row = first; row < height; row++)
                {
                    int from = row == _row && parameters != "2" ? _column : 0;
                    Array.Fill(_cells[row], ' ', from, width - from);
                }

                break;
            case 'm':
                Styles += parameters + " ";
                break;
            case 'h' when parameters == "?1049":
                _main = [.. _cells.Select(row => row.ToArray())];
                break;
            case 'l' when parameters == "?1049" && _main is not null:
                Array.Copy(_main, _cells, height);
                _main = null;
                break;
        }
    }
}
