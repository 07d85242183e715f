namespace Firmware.Gateway.Modbus
{
    /// <content>What is sent.</content>
    internal sealed partial class ModbusMaster
    {
        private void Send(int child, int place, long now)
        {
            ChildRule rule = Children.Rules[child];
            byte[] map = rule.Layout;
            byte[] request = _request;
            bool isWriting = _isWriting;
            int kind = map[place + RegisterMap.KindAt];
            int length = 6;
            request[0] = (byte)rule.Bits;
            request[1] = (byte)((kind & RegisterMap.Input) != 0 ? ModbusFrame.ReadInput : ModbusFrame.ReadHolding);
            request[2] = map[place + RegisterMap.RegisterAt];
            request[3] = map[place + RegisterMap.RegisterAt + 1];
            request[4] = 0;
            request[5] = map[place + RegisterMap.WordsAt];
            if (isWriting)
            {
                RegisterMap.TryGetBits(map, place, _writes[1], out uint bits);
                request[1] = ModbusFrame.WriteSingle;
                if (RegisterMap.WordsOf(kind) == 2)
                {
                    request[1] = ModbusFrame.WriteMultiple;
                    request[5] = 2;
                    request[6] = 4;
                    request[7] = (byte)(bits >> 24);
                    request[8] = (byte)(bits >> 16);
                    length = 11;
                }

                request[length - 2] = (byte)(bits >> 8);
                request[length - 1] = (byte)bits;
            }

            int crc = ModbusFrame.Crc(request, 0, length);
            request[length] = (byte)crc;
            request[length + 1] = (byte)(crc >> 8);
            length += ModbusFrame.CrcLength;
            _length = 0;
            _restBy = 0;
            int line = (ushort)(rule.Bits >> ChildRule.LineShift);
            bool isOpen = line == _line;
            if (!isOpen)
            {
                int baud = rule.Get(ChildRule.Baud) * ChildRule.BaudStep;
                int parity = rule.Get(ChildRule.Parity);
                _baud = baud;

                // 3.5 characters, and 1.75 ms above 19200 bits in a second; a clock of milliseconds may be one short.
                _silence = baud <= FastBaud ? (7 * BitsOfCharacter * 1000 / 2 / baud) + 2 : FastSilenceMs;
                isOpen = Port.Open(baud, parity, parity == 0 ? 2 : 1);
                _line = line;
            }

            // What came in before is no response to this one; a line that never rests is none to wait for.
            for (int i = 0; isOpen && i < MostReads && Port.Read(_in) > 0; i++)
            {
            }

            if (!isOpen || !Port.Write(request, length))
            {
                Port.Close();
                _line = None;
                _freeAt = now + Children.Wait;
                if (isWriting)
                {
                    EndWrite(NoLine);
                }
                else
                {
                    EndPoll(NoLine, now);
                }

                return;
            }

            length += isWriting ? ModbusFrame.EchoLength : ModbusFrame.DataAt + (2 * request[5]) + ModbusFrame.CrcLength;
            length += DriverCharacters;
            _deadline = now + Children.Wait + (length * BitsOfCharacter * 1000 / _baud) + 1;
        }
    }
}
