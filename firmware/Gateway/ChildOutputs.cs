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
        private const int PlaceMask = 0xFFFFF;

        // In the upper bits of a place: who has written last, and whether that failed.
        private const int ByRule = 1 << 20;
        private const int Failed = 1 << 21;

        private const string NotTaken = "the child has not taken it";

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
                    if ((map[at + RegisterMap.KindAt] & RegisterMap.Writable) != 0)
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
        public string NameOf(int output)
        {
            if (output < _first)
            {
                return _own.NameOf(output);
            }

            byte[] map = Find(output, out int child, out int at);
            return _children.Rules[child].Name + "_" + ReadingGroup.NameOf(map, at);
        }

        /// <inheritdoc/>
        public bool HasLevels(int output) => output < _first ? _own.HasLevels(output) : ReadingGroup.UnitOf(Find(output, out _, out int at), at) == "%";

        /// <inheritdoc/>
        public int LevelOf(int output)
        {
            if (output < _first)
            {
                return _own.LevelOf(output);
            }

            byte[] map = Find(output, out int child, out int at);
            int index = Layouts.CountOf(map, at);
            if ((_children.Masks[child] & (1 << index)) == 0)
            {
                return -1;
            }

            int value = _children.ValueOf(_children.First[child] + index);
            if (!HasLevels(output))
            {
                return value != 0 ? Full : 0;
            }

            value /= FixedPoint.Powers[map[at + ReadingGroup.DecimalsAt]];
            return value < 0 ? 0 : value > Full ? Full : value;
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
                return "a register cannot be driven for a time";
            }

            byte[] map = Find(output, out int child, out int at);
            int one = FixedPoint.Powers[map[at + ReadingGroup.DecimalsAt]];
            int value = HasLevels(output) ? level * one : level > 0 ? one : 0;
            if (!RegisterMap.TryGetBits(map, at, value, out _))
            {
                return "the register cannot hold this value";
            }

            // After a failure it is not known what the child has; a lost one is not written to again and again.
            bool hasFailed = (_places[output - _first] & Failed) != 0;
            if (hasFailed && _children.IsLost(child))
            {
                return NotTaken;
            }

            if (!hasFailed && LevelOf(output) == level && !_module.Protocol.IsWaiting(child, at))
            {
                return null;
            }

            return !Write(child, at, value, ByRule) ? "8 writes wait already" : hasFailed ? NotTaken : null;
        }

        /// <summary>Has a value written soon, see <see cref="SerialProtocol.Write"/>; the cause is <see cref="ByRule"/> or 0.</summary>
        internal bool Write(int child, int place, int value, int cause)
        {
            int i = NumberOf(child, place);
            _places[i] = (_places[i] & ~ByRule) | cause;
            return _module.Write(child, place, value);
        }

        /// <summary>A write is over.</summary>
        /// <param name="child">The child.</param>
        /// <param name="place">The channel's place in its layout.</param>
        /// <param name="isDone">Whether the child has taken it.</param>
        /// <returns>False for a failure that was reported before.</returns>
        internal bool End(int child, int place, bool isDone)
        {
            int i = NumberOf(child, place);
            int state = _places[i];
            bool isOfRule = !isDone && (state & ByRule) != 0;
            _places[i] = isDone ? state & ~Failed : state | Failed;
            _children.Device.HasFailedOutput |= isOfRule;
            return !isOfRule || (state & Failed) == 0;
        }

        /// <inheritdoc/>
        public bool HasFailed(int output) => output >= _first && (_places[output - _first] & (Failed | ByRule)) == (Failed | ByRule);

        /// <summary>A register stays as it is: the child decides what it does without its master.</summary>
        public void Release(int output, string cause)
        {
            if (output < _first)
            {
                _own.Release(output, cause);
            }
        }

        private int NumberOf(int child, int place)
        {
            int i = 0;
            while ((_places[i] & PlaceMask) != ((child << ChildShift) | place))
            {
                i++;
            }

            return i;
        }

        // Gives the layout that it is in.
        private byte[] Find(int output, out int child, out int at)
        {
            int place = _places[output - _first] & PlaceMask;
            child = place >> ChildShift;
            at = place & 0xFFFF;
            return _children.Rules[child].Layout;
        }
    }
}
