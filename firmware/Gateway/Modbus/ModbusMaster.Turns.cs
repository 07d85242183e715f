using Firmware.Telemetry;

namespace Firmware.Gateway.Modbus
{
    /// <content>The turns of children that do not answer in full, and how polls and writes end.</content>
    internal sealed partial class ModbusMaster
    {
        // Goes on behind a block without values, whose exception is given, and behind those that are known to be silent.
        // Gives whether there is another one.
        private bool Skip(int code)
        {
            int silent = _silent[_child];
            byte[] map = Children.Rules[_child].Layout;
            while (code >= 0 || (_place < map.Length && (silent & (1 << _index)) != 0 && ((silent >> CountShift) & IndexMask) != _index))
            {
                // The first one of a poll counts.
                if (_got >> FaultShift == 0)
                {
                    code = code > 0 && code < Children.NoAnswer ? code : Children.NoAnswer;
                    _got |= (code | (_index << Children.CodeBits)) << FaultShift;
                }

                for (int words = map[_place + RegisterMap.WordsAt]; words > 0; _index++)
                {
                    words -= RegisterMap.WordsOf(map[_place + RegisterMap.KindAt]);
                    _place += map[_place];
                }

                code = None;
            }

            return _place < map.Length;
        }

        // Ends a turn in which the child has not answered. It waits for its next one behind those that are due, until a
        // late answer can no longer be taken for that to its next request.
        private void Fail(string reason, long now)
        {
            Children children = Children;
            if (_isWriting)
            {
                _writeAt = now + Children.Wait;
                if (++_tries == Tries || children.IsLost(_writes[0] >> ChildShift))
                {
                    EndWrite(reason);
                }

                return;
            }

            int child = _child;
            int misses = children.Masks[child] & Children.Misses;
            if (misses != Children.Misses)
            {
                misses += Children.OneMiss;
                children.Masks[child] += Children.OneMiss;
            }

            // Also one that is lost is asked for another block the next time.
            bool isGone = children.IsLost(child) && (_got & HasResponse) == 0;
            bool isOver = isGone;
            int next = _index;
            int silent = _silent[child] | (1 << next);
            if (isGone || misses == Children.Misses || silent == _silent[child])
            {
                _silent[child] = silent;
                bool isMore = Skip(Children.NoAnswer);
                isOver |= !isMore;
                next = isMore ? _index : 0;
            }

            _saved[child] = (isOver ? 0 : _got) | (next << NextShift);
            if (isOver)
            {
                EndPoll(reason, now);
                return;
            }

            _child = None;
            children.Plan(child, 0, now);
        }

        private void EndPoll(string reason, long now)
        {
            int child = _child;
            int got = _got;
            Children children = Children;
            _child = None;

            // Due at multiples of the interval: the polls of all children are stored in one write, also after retries.
            int interval = (int)(children.Rules[child].Bits >> ReadingGroup.IntervalShift);
            interval *= 1000;
            int pause = interval - (int)(now % interval);
            if ((got & HasResponse) != 0)
            {
                // What came before the silence is kept.
                children.Answered(child, got & AllChannels, got >> FaultShift, now);
            }
            else
            {
                _silent[child] = 0;
                pause = children.Failed(child, reason, now, pause);
                if (children.Lost == children.Rules.Length)
                {
                    // Perhaps the driver is stuck.
                    Port.Close();
                    _line = None;
                }
            }

            children.Plan(child, pause, now);
        }

        private void EndWrite(string reason)
        {
            int register = _writes[0];
            int value = _writes[1];
            _tries = 0;
            _writeCount--;
            System.Array.Copy(_writes, WriteStride, _writes, 0, _writeCount * WriteStride);
            Children.Written(register >> ChildShift, register & PlaceMask, value, reason);
        }
    }
}
