using System.Text;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Telemetry
{
    /// <summary>
    /// Numbers the packs, across restarts. So as not to write flash for each pack, the numbers of about ten minutes are
    /// reserved at once: after a power cut the count goes on behind the reserved ones, after an orderly stop it has no gap.
    /// </summary>
    public sealed class Sequence
    {
        private const string File = "seq";
        private const int SecondsReserved = 600;
        private const int Largest = int.MaxValue / 2; // 34 years at a pack a second: more is a broken file.

        private readonly IStorage _storage;
        private readonly Counters _counters;
        
        /// <summary>Goes on where the last run ended.</summary>
        /// <param name="storage">Keeps the count.</param>
        /// <param name="counters">Counts writes that failed.</param>
        /// <param name="interval">Seconds between two packs: sets how many numbers are reserved at once.</param>
        public Sequence(IStorage storage, Counters counters, int interval)
        {
            _storage = storage;
            _counters = counters;
            Block = 1 + ((SecondsReserved - 1) / interval);
            Next = 1;
            byte[] text = CheckedFile.Read(storage, File);
            if (text != null && FixedPoint.TryParse(text, 0, text.Length, 0, out long value) && value > 0 && value < Largest)
            {
                Next = (int)value;
            }

            First = Next;
            Reserved = Next;
        }

        /// <summary>Goes on after a sleep, without touching flash.</summary>
        /// <param name="storage">Keeps the count.</param>
        /// <param name="counters">Counts writes that failed.</param>
        /// <param name="block">How many numbers are reserved at once.</param>
        /// <param name="next">The number that the next pack gets.</param>
        /// <param name="reserved">The first number that is not reserved.</param>
        public Sequence(IStorage storage, Counters counters, int block, int next, int reserved)
        {
            _storage = storage;
            _counters = counters;
            Block = block;
            Next = next;
            First = next;
            Reserved = reserved;
        }

        /// <summary>How many numbers are reserved at once.</summary>
        public int Block;

        /// <summary>The first number that is not reserved: where another run goes on that knows no better.</summary>
        public int Reserved;

        /// <summary>The first number that this run gives.</summary>
        public int First;

        /// <summary>Leaves out numbers that were used although they could not be reserved.</summary>
        /// <param name="number">The least number to give.</param>
        public void SkipTo(int number)
        {
            if (number > Next)
            {
                Next = number;
                First = number;
            }
        }

        /// <summary>The number that the next pack gets.</summary>
        public int Next;

        /// <summary>Gives a number that will not be given again, also after a power cut.</summary>
        /// <returns>The number.</returns>
        public int Take()
        {
            int number = Next;
            if (number >= Reserved)
            {
                Save(number + Block);
            }

            Next = number + 1;
            return number;
        }

        /// <summary>Returns the numbers that were reserved and not used.</summary>
        public void Release()
        {
            if (Reserved != Next)
            {
                Save(Next);
            }
        }

        private void Save(int next)
        {
            if (CheckedFile.Replace(_storage, File, Encoding.UTF8.GetBytes(next.ToString())))
            {
                Reserved = next;
            }
            else
            {
                _counters.StorageFaults++;
            }
        }
    }
}
