namespace Firmware.Platform
{
    /// <summary>A digital input.</summary>
    public interface IInputPin
    {
        /// <summary>Its level; false for one that only counts.</summary>
        bool IsHigh { get; }

        /// <summary>
        /// Edges, or pulses of one that counts, since the last call. Only after it does the next edge post a signal
        /// (<see cref="LinkEventKind.Signal"/>): a contact that chatters posts one.
        /// </summary>
        /// <returns>0 or more.</returns>
        int TakeEdges();

        /// <summary>For one that counts edges: its level as of the last <see cref="TakeEdges"/>, or of the opening, by the edges that were reported since.</summary>
        bool WasHigh { get; }

        /// <summary>Lets go of the pin.</summary>
        void Close();
    }
}
