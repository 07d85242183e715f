using Firmware.Platform;

namespace Firmware.Security
{
    /// <summary>
    /// Gives a device back as it left the factory, with its application. A marker in a file is written first and deleted
    /// last: after a power cut in between, the next start goes on.
    /// </summary>
    public static class Erasure
    {
        private const string Marker = "erase";
        private const string Filler = "erase.fill";
        private const int ChunkLength = 1024;
        private const int MaxChunks = 16384; // 16 MB: the largest flash

        /// <summary>Has the next start erase the device.</summary>
        /// <param name="storage">Its files.</param>
        /// <returns>False when that could not be stored: nothing is erased.</returns>
        public static bool Request(IStorage storage) => storage.Replace(Marker, new byte[] { 1 });

        /// <summary>
        /// Erases, if that was requested. Call it before the device starts: nothing may have read what goes.
        /// </summary>
        /// <param name="storage">Its files.</param>
        /// <param name="network">Has a network stored in the chip.</param>
        /// <param name="led">Lit meanwhile; null for none.</param>
        /// <param name="slots">Images of updates; null for none. The staged one goes, the others stay.</param>
        /// <param name="keep">What the names of files begin with that belong to the application; null for none.</param>
        /// <returns>True when something was left because a file could not be deleted: the next start tries again.</returns>
        public static bool Complete(IStorage storage, INetwork network, IOutputPin led, IUpdateSlots slots, string keep)
        {
            if (storage.Read(Marker) == null)
            {
                return false;
            }

            if (led != null)
            {
                led.Write(true);
            }

            bool isDone = network.Forget();
            isDone &= slots == null || slots.Erase();
            isDone &= DeleteAll(storage, keep);
            Overwrite(storage);
            isDone = isDone && storage.Delete(Marker);
            if (led != null)
            {
                led.Write(false);
            }

            return !isDone;
        }

        private static bool DeleteAll(IStorage storage, string keep)
        {
            string[] names = storage.List();
            bool isDone = names != null;
            for (int i = 0; isDone && i < names.Length; i++)
            {
                string name = names[i];
                if (!name.StartsWith(Marker) && (keep == null || !name.StartsWith(keep)))
                {
                    isDone = storage.Delete(name);
                }
            }

            return isDone;
        }

        // The file system never writes in place: what was deleted is in the free blocks until they are used again.
        private static void Overwrite(IStorage storage)
        {
            byte[] zeros = new byte[ChunkLength];
            storage.Delete(Filler);
            int count = 0;
            while (count < MaxChunks && storage.Append(Filler, zeros, zeros.Length))
            {
                count++;
            }

            storage.Delete(Filler);
        }
    }
}
