using System;
using System.Text;

namespace Firmware.Provisioning
{
    /// <summary>
    /// Gives addresses to those who join the access point (RFC 2131): 192.168.4.2 to .9, one for each MAC. Who joins as the
    /// ninth gets the address that was not asked for longest.
    /// </summary>
    internal sealed class DhcpResponder
    {
        /// <summary>The device's own address on the access point.</summary>
        public const string OwnAddress = "192.168.4.1";

        /// <summary>Bytes that a packet's buffer must have.</summary>
        public const int PacketLength = 576;

        private const int Clients = 8;
        private const int MacLength = 6;
        private const int LeaseSeconds = 600;
        private const int LeastLength = 300; // of BOOTP (RFC 1542 section 2.1): some clients drop shorter ones
        private const int FirstHost = 2;
        private const int ClientAddressAt = 12;
        private const int YourAddressAt = 16;
        private const int ServerAddressAt = 20;
        private const int RelayAt = 24;
        private const int MacAt = 28;
        private const int ServerNameAt = 44;
        private const int CookieAt = 236;
        private const int OptionsAt = 240;
        private const int Cookie = 0x63825363;
        private const int Network = (192 << 24) | (168 << 16) | (4 << 8);
        private const byte RequestedAddress = 50;
        private const byte LeaseTime = 51;
        private const byte MessageType = 53;
        private const byte ServerId = 54;
        private const byte CaptivePortal = 114; // RFC 8910
        private const byte End = 255;
        private const int Discover = 1;
        private const int Offer = 2;
        private const int Request = 3;
        private const int Decline = 4;
        private const int Acknowledge = 5;
        private const int Refuse = 6;
        private const int Release = 7;
        private const int Inform = 8;

        private readonly byte[] _macs = new byte[Clients * MacLength];
        private readonly int[] _used = new int[Clients]; // 0: free; else the larger, the later
        private int _time;

        /// <summary>Answers a packet in its own buffer.</summary>
        /// <param name="packet">Holds it.</param>
        /// <param name="count">Its length.</param>
        /// <returns>Length of the answer; 0 for none.</returns>
        public int Answer(byte[] packet, int count)
        {
            bool isRequest = count > OptionsAt && packet.Length >= PacketLength && packet[0] == 1 && packet[1] == 1 && packet[2] == MacLength;
            if (!isRequest || Get(packet, CookieAt) != Cookie || Get(packet, RelayAt) != 0)
            {
                return 0;
            }

            int type = 0;
            int wanted = 0;
            int server = 0;
            int at = OptionsAt;
            while (at < count && packet[at] != End)
            {
                int code = packet[at++];
                if (code == 0)
                {
                    continue;
                }

                int length = at < count ? packet[at++] : count;
                if (at + length > count)
                {
                    return 0;
                }

                type = code == MessageType && length == 1 ? packet[at] : type;
                wanted = code == RequestedAddress && length == 4 ? Get(packet, at) : wanted;
                server = code == ServerId && length == 4 ? Get(packet, at) : server;
                at += length;
            }

            return Answer(packet, type, wanted, server);
        }

        private int Answer(byte[] packet, int type, int wanted, int server)
        {
            bool isOther = server != 0 && server != (Network | 1);
            switch (type)
            {
                case Discover:
                    return Write(packet, Offer, Lease(packet, wanted));
                case Inform:
                    return Write(packet, Acknowledge, 0);
                case Request:
                    if (isOther)
                    {
                        Forget(packet);
                        return 0;
                    }

                    wanted = wanted == 0 ? Get(packet, ClientAddressAt) : wanted;
                    int address = Lease(packet, wanted);
                    return Write(packet, wanted == address ? Acknowledge : Refuse, address);
                case Decline:
                    // The address is in use already, by a client that did not ask for it.
                    int taken = Find(packet);
                    if (taken >= 0)
                    {
                        _macs[taken * MacLength] ^= 1;
                        _macs[(taken * MacLength) + 1] ^= End;
                    }

                    return 0;
                case Release:
                    Forget(packet);
                    return 0;
                default:
                    return 0;
            }
        }

        private int Find(byte[] packet)
        {
            for (int i = 0; i < Clients; i++)
            {
                int same = 0;
                while (_used[i] != 0 && same < MacLength && _macs[(i * MacLength) + same] == packet[MacAt + same])
                {
                    same++;
                }

                if (same == MacLength)
                {
                    return i;
                }
            }

            return -1;
        }

        private void Forget(byte[] packet)
        {
            int client = Find(packet);
            if (client >= 0)
            {
                _used[client] = 0;
            }
        }

        // The address that the client had before the device restarted, if it is free.
        private int Lease(byte[] packet, int wanted)
        {
            int client = Find(packet);
            if (client < 0)
            {
                client = 0;
                int host = wanted - (Network | FirstHost);
                for (int i = 1; i < Clients; i++)
                {
                    client = _used[i] < _used[client] ? i : client;
                }

                client = host >= 0 && host < Clients && _used[host] == 0 ? host : client;
                Array.Copy(packet, MacAt, _macs, client * MacLength, MacLength);
            }

            _used[client] = ++_time;
            return Network | (FirstHost + client);
        }

        private static int Write(byte[] packet, int type, int address)
        {
            packet[0] = 2;
            packet[3] = 0;
            Put(packet, YourAddressAt, type == Refuse ? 0 : address);
            Put(packet, ServerAddressAt, type == Refuse ? 0 : Network | 1);
            Zero(packet, ServerNameAt, CookieAt);
            Zero(packet, OptionsAt, packet.Length);
            int at = OptionsAt;
            packet[at++] = MessageType;
            packet[at++] = 1;
            packet[at++] = (byte)type;
            at = Option(packet, at, ServerId, Network | 1);
            if (type != Refuse)
            {
                at = address == 0 ? at : Option(packet, at, LeaseTime, LeaseSeconds);
                at = Option(packet, at, 1, ~End);
                at = Option(packet, at, 3, Network | 1);
                at = Option(packet, at, 6, Network | 1);
                byte[] page = Encoding.UTF8.GetBytes("http://" + OwnAddress + "/");
                packet[at++] = CaptivePortal;
                packet[at++] = (byte)page.Length;
                page.CopyTo(packet, at);
                at += page.Length;
            }

            packet[at++] = End;
            return at < LeastLength ? LeastLength : at;
        }

        private static void Zero(byte[] packet, int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                packet[i] = 0;
            }
        }

        private static int Option(byte[] packet, int at, byte code, int value)
        {
            packet[at] = code;
            packet[at + 1] = 4;
            Put(packet, at + 2, value);
            return at + 6;
        }

        private static int Get(byte[] packet, int at) => (packet[at] << 24) | (packet[at + 1] << 16) | (packet[at + 2] << 8) | packet[at + 3];

        private static void Put(byte[] packet, int at, int value)
        {
            packet[at] = (byte)(value >> 24);
            packet[at + 1] = (byte)(value >> 16);
            packet[at + 2] = (byte)(value >> 8);
            packet[at + 3] = (byte)value;
        }
    }
}
