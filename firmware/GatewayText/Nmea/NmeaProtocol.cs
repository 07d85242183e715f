using Firmware.Gateway;
using Firmware.GatewayText.Lines;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.GatewayText.Nmea
{
    /// <summary>
    /// A receiver of satellite navigation that sends NMEA 0183. A position is reported when it is far enough from the one before,
    /// and at the interval of the child.
    /// </summary>
    internal sealed class NmeaProtocol : TextProtocol
    {
        // Numbers of the channels.
        private const int Latitude = 0;
        private const int Longitude = 1;
        private const int Speed = 2;
        private const int Satellites = 3;
        private const int LayoutLength = 86;
        private const int OfPosition = 7; // one bit for each of the first three
        private const long MovePause = 1000; // a receiver that is wrong may jump with each sentence

        private readonly NmeaReader _reader = new NmeaReader();
        private readonly PositionFilter _filter;
        private long _moveAt; // before, no move is reported
        private bool _isDoubted; // the time was, and that was reported

        /// <summary>Creates the protocol.</summary>
        /// <param name="children">The children, of which there is one.</param>
        /// <param name="port">The serial line.</param>
        internal NmeaProtocol(Children children, ISerialPort port)
            : base(children, port, new LineBuffer(NmeaReader.MaxLength, '$'))
        {
            _filter = new PositionFilter(children.Rules[Child].Get(NmeaOption.Distance));
            children.Rules[Child].Layout = Layout;
            Silence = "no GGA or RMC sentence";
        }

        /// <summary>The channels of a receiver.</summary>
        private static byte[] Layout
        {
            get
            {
                // The bytes of the owner are zeros: no register, and nothing that may be written.
                byte[] layout = new byte[LayoutLength];
                int at = Layouts.Put(layout, 0, 7, "latitude", "lat");
                at = Layouts.Put(layout, at, 7, "longitude", "lon");
                at = Layouts.Put(layout, at, 3, "speed", "m/s");
                Layouts.Put(layout, at, 0, "satellites", "count");
                return layout;
            }
        }

        /// <inheritdoc/>
        public override void WriteStatus(JsonWriter writer)
        {
            writer.Member("sentences", _reader.Sentences);
            writer.Member("refused", _reader.Refused);
        }

        /// <inheritdoc/>
        protected override void TakeLine(long now)
        {
            NmeaReader reader = _reader;
            int kind = reader.Read(Buffer.Bytes, Buffer.Length);
            if (kind == NmeaReader.Nothing)
            {
                return;
            }

            if (reader.Sentences == 1)
            {
                Silence = "no fix"; // not each time: a text takes memory
            }

            if (kind == NmeaReader.Gga && reader.Satellites >= 0)
            {
                Put(Satellites, reader.Satellites);
            }

            if (!reader.HasFix)
            {
                // What is not reported yet is of a place where it may be no more.
                Forget(OfPosition);
                return;
            }

            Put(Latitude, reader.Latitude);
            Put(Longitude, reader.Longitude);
            if (kind == NmeaReader.Rmc)
            {
                if (reader.Utc != 0 && ((int)Children.Rules[Child].Bits & ChildRule.OwnBit) != 0)
                {
                    string doubt = Children.Device.OfferTime(reader.Utc, now);
                    if (doubt != null && !_isDoubted)
                    {
                        Children.Device.Events.Add("time-doubted", "child", Children.Rules[Child].Name, doubt);
                    }

                    _isDoubted = doubt != null;
                }

                Fresh &= ~(1 << Speed);
                if (reader.Speed >= 0)
                {
                    Put(Speed, reader.Speed);
                }
            }

            if (IsSilent || (now >= _moveAt && _filter.IsFar(reader.Latitude, reader.Longitude)))
            {
                Report(now);
            }
        }

        /// <inheritdoc/>
        protected override void Report(long now)
        {
            Fault = Children.NoFix;
            _moveAt = now + MovePause;
            if ((Fresh & OfPosition) != 0)
            {
                Fault = 0;
                _filter.Keep(_reader.Latitude, _reader.Longitude);
            }

            base.Report(now);
        }
    }
}
