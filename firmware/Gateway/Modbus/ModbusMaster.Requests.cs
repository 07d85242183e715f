namespace Firmware.Gateway.Modbus
{
    /// <content>What is sent.</content>
    internal sealed partial class ModbusMaster
    {
        private void Send(int child, int place, long now)
        {
            ChildRule rule = _children.Rules[child];
            byte[] request = _request;
            int length = Fill(request, rule.Layout, place);
            request[0] = (byte)rule.Get(ChildRule.Address);
            int crc = ModbusFrame.Crc(request, 0, length);
            request[length] = (byte)crc;
            request[length + 1] = (byte)(crc >> 8);
            length += ModbusFrame.CrcLength;
            _length = 0;
            _restBy = 0;
            bool isOpen = rule.Line == _line;
            if (!isOpen)
            {
                int baud = rule.Get(ChildRule.Baud) * ChildRule.BaudStep;
                int parity = rule.Get(ChildRule.Parity);
                _baud = baud;

                // 3.5 characters, and 1.75 ms above 19200 bits in a second; a clock of milliseconds may be one short.
                _silence = baud <= FastBaud ? (7 * BitsOfCharacter * 1000 / 2 / baud) + 2 : FastSilenceMs;
                isOpen = _port.Open(baud, parity, parity == 0 ? 2 : 1);
                _line = rule.Line;
            }

            // What came in before is no response to this one; a line that never rests is none to wait for.
            for (int i = 0; isOpen && i < MostReads && _port.Read(_in) > 0; i++)
            {
            }

            if (!isOpen || !_port.Write(request, length))
            {
                _line = None;
                _freeAt = now + _timeout;
                if (_isWriting)
                {
                    EndWrite(NoLine);
                }
                else
                {
                    EndPoll(NoLine, now);
                }

                return;
            }

            length += _isWriting ? ModbusFrame.EchoLength : ModbusFrame.DataAt + (2 * request[5]) + ModbusFrame.CrcLength;
            length += DriverCharacters;
            _deadline = now + _timeout + (length * BitsOfCharacter * 1000 / _baud) + 1;
        }

        // All of a request but address and CRC. Gives its length.
        private int Fill(byte[] request, byte[] map, int place)
        {
            int kind = map[place + RegisterMap.KindAt];
            request[1] = (byte)((kind & RegisterMap.Input) != 0 ? ModbusFrame.ReadInput : ModbusFrame.ReadHolding);
            request[2] = map[place + RegisterMap.RegisterAt];
            request[3] = map[place + RegisterMap.RegisterAt + 1];
            request[4] = 0;
            request[5] = map[place + RegisterMap.WordsAt];
            if (!_isWriting)
            {
                return 6;
            }

            RegisterMap.TryGetBits(map, place, _writes[1], out uint bits);
            int at = 4;
            request[1] = ModbusFrame.WriteSingle;
            if (RegisterMap.WordsOf(kind) == 2)
            {
                request[1] = ModbusFrame.WriteMultiple;
                request[5] = 2;
                request[6] = 4;
                request[7] = (byte)(bits >> 24);
                request[8] = (byte)(bits >> 16);
                at = 9;
            }

            request[at] = (byte)(bits >> 8);
            request[at + 1] = (byte)bits;
            return at + 2;
        }
    }
}
