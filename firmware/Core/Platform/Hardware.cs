namespace Firmware.Platform
{
    /// <summary>Everything that a board supplies, joined by its program.</summary>
    public sealed class Hardware
    {
        /// <summary>Which device this is.</summary>
        public BoardIdentity Identity { get; init; }

        /// <summary>Time.</summary>
        public IClock Clock { get; init; }

        /// <summary>Where the ports leave their signals.</summary>
        public Inbox Inbox { get; init; }

        /// <summary>The radio.</summary>
        public INetwork Network { get; init; }

        /// <summary>The connection to the broker.</summary>
        public IBrokerLink Link { get; init; }

        /// <summary>Where sensors may be attached, the preferred places first.</summary>
        public ISensorPort[] Slots { get; init; }

        /// <summary>Files.</summary>
        public IStorage Storage { get; init; }

        /// <summary>The heap.</summary>
        public IMemory Memory { get; init; }

        /// <summary>Supply and reset.</summary>
        public IPower Power { get; init; }

        /// <summary>What the board draws in each phase of a wake; null when nobody knows.</summary>
        public PowerProfile Profile { get; init; }

        /// <summary>Pins for relays and LEDs.</summary>
        public IOutputPins Pins { get; init; }

        /// <summary>An LED for "identify", lit when high; null when the board has none.</summary>
        public IOutputPin Led { get; init; }

        /// <summary>Images of the application; null when the board cannot be updated over the air.</summary>
        public IUpdateSlots Updates { get; init; }

        /// <summary>HMAC-SHA256 of the runtime, for updates; null: the firmware computes it itself.</summary>
        public IKeyedDigest Digest { get; init; }

        /// <summary>Public keys of those who may sign updates, RSA: two, so that one can take over from the other.</summary>
        public RsaKey[] UpdateKeys { get; init; }
    }
}
