using Firmware.Actuation;
using Firmware.Gateway.Modbus;
using Firmware.Json;
using Firmware.Telemetry;

namespace Firmware.Gateway
{
    /// <summary>
    /// The outputs of the device, and behind them the registers of children that may be written, for rules. A register in %
    /// takes levels; any other is 1 when it is on, and 0.
    /// </summary>
    internal sealed class ChildOutputs : IOutputs
    {
        private const int Full = 100;
        private const int ChildShift = 16;

        private readonly IOutputs _own; // null for none
        private readonly int _first; // the number of the first register
        private readonly Children _children;
        private readonly GatewayModule _module;
        private readonly int[] _places; // child, and place in its layout

        internal ChildOutputs(IOutputs own, GatewayModule module)
        {
            _own = own;
            _first = own == null ? 0 : own.Count;
            Children children = module.Children;
            _children = children;
            _module = module;
            int[] places = new int[children.Rules.Length * ReadingGroup.MaxChannels];
            int count = 0;
            for (int i = 0; i < children.Rules.Length; i++)
            {
                byte[] map = children.Rules[i].Layout;
                for (int at = 0; at < map.Length; at += map[at])
                {
                    if ((RegisterMap.KindOf(map, at) & RegisterMap.Writable) != 0)
                    {
                        places[count++] = (i << ChildShift) | at;
                    }
                }
            }

            _places = new int[count];
            System.Array.Copy(places, _places, count);
        }

        /// <inheritdoc/>
        public int Count => _first + _places.Length;

        /// <inheritdoc/>
        public int IndexOf(string name)
        {
            int index = _own == null ? -1 : _own.IndexOf(name);
            for (int i = 0; index < 0 && i < _places.Length; i++)
            {
                index = NameOf(_first + i) == name ? _first + i : -1;
            }

            return index;
        }

        /// <inheritdoc/>
        public string NameOf(int output) => output < _first ? _own.NameOf(output)
            : _children.Rules[ChildOf(output)].Name + "_" + ReadingGroup.NameOf(MapOf(output), PlaceOf(output));

        /// <inheritdoc/>
        public bool HasLevels(int output) => output < _first ? _own.HasLevels(output) : Layouts.UnitOf(MapOf(output), PlaceOf(output)) == "%";

        /// <inheritdoc/>
        public int LevelOf(int output)
        {
            if (output < _first)
            {
                return _own.LevelOf(output);
            }

            int child = ChildOf(output);
            byte[] map = MapOf(output);
            int index = 0;
            for (int at = 0; at < PlaceOf(output); at += map[at])
            {
                index++;
            }

            if ((_children.Masks[child] & (1 << index)) == 0)
            {
                return -1;
            }

            int value = _children.ValueOf(_children.First[child] + index);
            return !HasLevels(output) ? (value != 0 ? Full : 0) : value < 0 ? 0 : value / One(output) > Full ? Full : value / One(output);
        }

        /// <inheritdoc/>
        public string Drive(int output, int level, int milliseconds, string cause)
        {
            if (output < _first)
            {
                return _own.Drive(output, level, milliseconds, cause);
            }

            if (milliseconds > 0)
            {
                return "a register of a child is written permanently, not for a time";
            }

            int one = One(output);
            int value = HasLevels(output) ? level * one : level > 0 ? one : 0;
            return LevelOf(output) == level || _module.Write(ChildOf(output), PlaceOf(output), value) ? null : "8 writes wait already";
        }

        /// <summary>A register stays as it is: the child decides what it does without its master.</summary>
        public void Release(int output, string cause)
        {
            if (output < _first)
            {
                _own.Release(output, cause);
            }
        }

        private int ChildOf(int output) => _places[output - _first] >> ChildShift;

        private int PlaceOf(int output) => _places[output - _first] & 0xFFFF;

        private byte[] MapOf(int output) => _children.Rules[ChildOf(output)].Layout;

        // One unit in the decimal places of the channel.
        private int One(int output) => FixedPoint.Powers[MapOf(output)[PlaceOf(output) + ReadingGroup.DecimalsAt]];
    }
}
