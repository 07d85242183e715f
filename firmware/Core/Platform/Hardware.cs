namespace Firmware.Platform
{
    /// <summary>Everything that a board supplies, joined by its program.</summary>
    public sealed class Hardware
    {
        /// <summary>Which device this is.</summary>
        public BoardIdentity Identity;

        /// <summary>Time.</summary>
        public IClock Clock;

        /// <summary>Where the ports leave what happened.</summary>
        public Inbox Inbox;

        /// <summary>The radio.</summary>
        public INetwork Network;

        /// <summary>The connection to the broker.</summary>
        public IBrokerLink Link;

        /// <summary>Where sensors may be attached, the preferred places first.</summary>
        public ISensorPort[] SensorPorts;

        /// <summary>Files.</summary>
        public IStorage Storage;

        /// <summary>The heap.</summary>
        public IMemory Memory;

        /// <summary>Supply and reset.</summary>
        public IPower Power;

        /// <summary>Pins for relays and LEDs.</summary>
        public IOutputPins Pins;

        /// <summary>What each pin can serve; null when nothing is known: then settings are not checked for it.</summary>
        public PinTable PinTable;

        /// <summary>An LED for "identify", lit when high; null when the board has none.</summary>
        public IOutputPin Led;
    }
}
