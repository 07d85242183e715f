namespace Firmware.Platform
{
    /// <summary>A serial line: a UART of the chip, with an RS-485 transceiver or without. Characters have 8 data bits.</summary>
    public interface ISerialPort
    {
        /// <summary>Opens the line; one that is open takes the parameters.</summary>
        /// <param name="baud">Bits in a second.</param>
        /// <param name="parity">0 none, 1 odd, 2 even.</param>
        /// <param name="stopBits">1 or 2.</param>
        /// <returns>False when the board cannot.</returns>
        bool Open(int baud, int parity, int stopBits);

        /// <summary>Sends bytes, as many as a UART's buffer holds: 128; returns when the driver has taken them.</summary>
        /// <param name="data">Begins with the bytes.</param>
        /// <param name="count">How many.</param>
        /// <returns>False when the line is not open, or the driver failed.</returns>
        bool Write(byte[] data, int count);

        /// <summary>
        /// Takes what was received, without waiting. Only once it has returned 0 the next byte posts a signal
        /// (<see cref="LinkEventKind.Signal"/>).
        /// </summary>
        /// <param name="buffer">Receives the bytes, from its start.</param>
        /// <returns>How many; 0 for none.</returns>
        int Read(byte[] buffer);

        /// <summary>Lets go of the line.</summary>
        void Close();
    }
}
