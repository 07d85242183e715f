namespace Firmware.Connectivity
{
    /// <summary>
    /// Exponential backoff with full jitter: each pause is random from nothing to a limit that doubles with every failure.
    /// </summary>
    public sealed class Backoff
    {
        /// <summary>Milliseconds that the first pause has at most.</summary>
        public const int FirstLimit = 1000;

        /// <summary>Default of <see cref="FleetLimit"/>.</summary>
        public const int DefaultFleetLimit = 16000;

        /// <summary>Milliseconds that any pause has at most.</summary>
        public const int LastLimit = 300000;

        // For so many times the limit the pauses do not grow.
        private const int Spreads = 3;

        private readonly Jitter _jitter;

        /// <summary>Creates a backoff at its beginning.</summary>
        /// <param name="jitter">The randomness.</param>
        public Backoff(Jitter jitter)
        {
            _jitter = jitter;
        }

        /// <summary>Milliseconds that the first pauses after the loss of a good connection have at most.</summary>
        public int FleetLimit = DefaultFleetLimit;

        /// <summary>Milliseconds that the next pause has at most.</summary>
        public int Limit = FirstLimit;

        private int _spreading; // milliseconds of pauses for which the limit does not grow

        /// <summary>Doubles a pause up to a limit.</summary>
        /// <param name="pause">Milliseconds.</param>
        /// <param name="longest">The limit.</param>
        /// <returns>The next pause.</returns>
        public static int Double(int pause, int longest) => pause > longest / 2 ? longest : pause * 2;

        /// <summary>Gives the next pause.</summary>
        /// <returns>Milliseconds.</returns>
        public int Next()
        {
            int limit = Limit;

            // While the limit stays, only the first pause may be short: otherwise many meet in the second in which the broker is back.
            int least = _spreading > 0 && _spreading < Spreads * FleetLimit ? limit / 2 : 0;
            int pause = least + _jitter.Next(limit - least);
            _spreading -= pause;
            if (_spreading <= 0)
            {
                _spreading = 0;
                Limit = Double(limit, LastLimit);
            }

            return pause;
        }

        /// <summary>Starts again at the shortest limit.</summary>
        public void Reset() => Limit = FirstLimit;

        /// <summary>
        /// Bounds the pause after a connection on which nothing was acknowledged: the broker is there, and must get what waits
        /// for it within a minute of working again.
        /// </summary>
        public void Bound()
        {
            int most = FleetLimit > DefaultFleetLimit ? FleetLimit : DefaultFleetLimit;
            Limit = Limit > most ? most : Limit;
        }

        /// <summary>
        /// Starts again after the loss of a good connection: a whole fleet has probably lost it and must reconnect spread over
        /// time. The limit stays for a while: who happens to try within a short outage must not wait twice as long for it.
        /// </summary>
        public void Spread()
        {
            Limit = FleetLimit;
            _spreading = Spreads * FleetLimit;
        }
    }
}
