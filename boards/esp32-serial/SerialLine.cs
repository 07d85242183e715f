using System;
using System.IO.Ports;
using Firmware.Platform;
using nanoFramework.Hardware.Esp32;

namespace Boards.Esp32
{
    /// <summary>
    /// UART 1 (COM2) of the chip, whose pins have to be named; with a transceiver for RS-485 its RTS switches the direction.
    /// </summary>
    public sealed class SerialLine : ISerialPort
    {
        // Longer than the longest frame: the driver drops what does not fit.
        private const int BufferSize = 512;

        private const string Port = "COM2";
        private const int TimeoutMs = 1000;
        private const int DataBits = 8;

        private readonly ILinkEventSink _sink;
        private readonly int _receivePin;
        private readonly int _transmitPin;
        private readonly int _directionPin;
        private SerialPort _port;

        // Each value has one thread that writes it: at worst there is one signal too many.
        private bool _isSignaled;

        /// <summary>Creates a line; touches no pin.</summary>
        /// <param name="sink">Receives the signals.</param>
        /// <param name="receivePin">GPIO of RX.</param>
        /// <param name="transmitPin">GPIO of TX.</param>
        /// <param name="directionPin">GPIO that enables the driver of an RS-485 transceiver, active high; -1 for none.</param>
        public SerialLine(ILinkEventSink sink, int receivePin, int transmitPin, int directionPin)
        {
            _sink = sink;
            _receivePin = receivePin;
            _transmitPin = transmitPin;
            _directionPin = directionPin;
        }

        /// <inheritdoc/>
        public bool Open(int baud, int parity, int stopBits)
        {
            Parity kind = parity == 0 ? Parity.None : parity == 1 ? Parity.Odd : Parity.Even;
            StopBits stop = stopBits == 2 ? StopBits.Two : StopBits.One;
            try
            {
                if (_port != null)
                {
                    // A new one would install the driver again, with two tasks, and leave 500 bytes to collect.
                    _port.BaudRate = baud;
                    _port.Parity = kind;
                    _port.StopBits = stop;
                    return true;
                }

                Configuration.SetPinFunction(_receivePin, DeviceFunction.COM2_RX);
                Configuration.SetPinFunction(_transmitPin, DeviceFunction.COM2_TX);
                if (_directionPin >= 0)
                {
                    Configuration.SetPinFunction(_directionPin, DeviceFunction.COM2_RTS);
                }

                _port = new SerialPort(Port, baud, kind, DataBits, stop);
                _port.Mode = _directionPin >= 0 ? SerialMode.RS485 : SerialMode.Normal;
                _port.ReadTimeout = TimeoutMs;
                _port.WriteTimeout = TimeoutMs;
                _port.ReadBufferSize = BufferSize;

                // Before it is open: what comes then is signaled.
                _isSignaled = false;
                _port.DataReceived += OnReceived;
                _port.Open();
                return true;
            }
            catch (Exception)
            {
                Close();
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Write(byte[] data, int count)
        {
            try
            {
                if (_port != null)
                {
                    _port.Write(data, 0, count);
                    return true;
                }
            }
            catch (Exception)
            {
                // A line that does not take bytes is opened again.
            }

            return false;
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer)
        {
            try
            {
                int count = _port == null ? 0 : _port.BytesToRead;
                if (count == 0)
                {
                    // A byte that comes between the two is not signaled.
                    _isSignaled = false;
                    count = _port == null ? 0 : _port.BytesToRead;
                }

                return count == 0 ? 0 : _port.Read(buffer, 0, count < buffer.Length ? count : buffer.Length);
            }
            catch (Exception)
            {
                // What the driver had is lost; what comes next is signaled.
                _isSignaled = false;
                return 0;
            }
        }

        /// <inheritdoc/>
        public void Close()
        {
            SerialPort port = _port;
            _port = null;
            if (port != null)
            {
                try
                {
                    port.Dispose();
                }
                catch (Exception)
                {
                    // It is closed all the same.
                }
            }
        }

        private void OnReceived(object sender, SerialDataReceivedEventArgs e)
        {
            if (!_isSignaled)
            {
                // Created first: without the memory for it the next byte signals.
                LinkEvent signal = new LinkEvent(LinkEventKind.Signal, 0);
                _isSignaled = true;
                _sink.Post(signal);
            }
        }
    }
}
