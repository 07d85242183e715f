namespace Firmware.Connectivity
{
    /// <summary>Which of several choices in order of preference is used: the next after a failure, round and round.</summary>
    public sealed class Preference
    {
        private readonly int _count;

        /// <summary>Creates a preference for the first.</summary>
        /// <param name="count">How many there are to choose from.</param>
        public Preference(int count)
        {
            _count = count;
        }

        /// <summary>The present choice, from 0.</summary>
        public int Index;

        /// <summary>Takes the next one; the first after the last.</summary>
        public void Advance() => Index = Index + 1 < _count ? Index + 1 : 0;

        /// <summary>Takes the first one.</summary>
        public void Reset() => Index = 0;
    }
}
