namespace Firmware.Platform
{
    /// <summary>Everything that a board supplies, joined by its program.</summary>
    public sealed class Hardware
    {
        /// <summary>Which device this is.</summary>
        public BoardIdentity Identity { get; init; }

        /// <summary>Time.</summary>
        public IClock Clock { get; init; }

        /// <summary>Where the ports leave what happened.</summary>
        public Inbox Inbox { get; init; }

        /// <summary>The radio.</summary>
        public INetwork Network { get; init; }

        /// <summary>The connection to the broker.</summary>
        public IBrokerLink Link { get; init; }

        /// <summary>Where sensors may be attached, the preferred places first.</summary>
        public ISensorPort[] SensorPorts { get; init; }

        /// <summary>Files.</summary>
        public IStorage Storage { get; init; }

        /// <summary>The heap.</summary>
        public IMemory Memory { get; init; }

        /// <summary>Supply and reset.</summary>
        public IPower Power { get; init; }

        /// <summary>Pins for relays and LEDs.</summary>
        public IOutputPins Pins { get; init; }

        /// <summary>An LED for "identify", lit when high; null when the board has none.</summary>
        public IOutputPin Led { get; init; }
    }
}
