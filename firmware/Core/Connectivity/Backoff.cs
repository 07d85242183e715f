namespace Firmware.Connectivity
{
    /// <summary>
    /// Exponential backoff with full jitter: each pause is random from nothing to a limit that doubles with every failure.
    /// </summary>
    public sealed class Backoff
    {
        /// <summary>Milliseconds that the first pause has at most.</summary>
        public const int FirstLimit = 1000;

        /// <summary>Milliseconds that the first pause after the loss of a connection that stood has at most.</summary>
        public const int FleetLimit = 16000;

        /// <summary>Milliseconds that any pause has at most.</summary>
        public const int LastLimit = 300000;

        private readonly Jitter _jitter;

        /// <summary>Creates a backoff at its beginning.</summary>
        /// <param name="jitter">The randomness.</param>
        public Backoff(Jitter jitter)
        {
            _jitter = jitter;
        }

        /// <summary>Milliseconds that the next pause has at most.</summary>
        public int Limit = FirstLimit;

        /// <summary>Gives the next pause.</summary>
        /// <returns>Milliseconds.</returns>
        public int Next()
        {
            int limit = Limit;
            Limit = limit > LastLimit / 2 ? LastLimit : limit * 2;
            return _jitter.Next(limit);
        }

        /// <summary>Starts again at the shortest limit.</summary>
        public void Reset() => Limit = FirstLimit;

        /// <summary>Starts again after the loss of a working connection: a whole fleet has probably lost it and must reconnect spread over time.</summary>
        public void Spread() => Limit = FleetLimit;
    }
}
