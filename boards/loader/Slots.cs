namespace Boards.Loader
{
    /// <summary>Where images are: the built-in one in the deployment, two more in files.</summary>
    public static class Slots
    {
        /// <summary>What the names of all files of images, and of the record of them, begin with.</summary>
        public const string Prefix = "slot";

        /// <summary>The image in the deployment; as a slot, none.</summary>
        public const int BuiltIn = 0;

        /// <summary>Slot a.</summary>
        public const int A = 1;

        /// <summary>Slot b.</summary>
        public const int B = 2;

        /// <summary>The file that holds a slot's image.</summary>
        /// <param name="slot"><see cref="A"/> or <see cref="B"/>.</param>
        /// <returns>Its name.</returns>
        public static string Bundle(int slot) => slot == A ? "slot-a.bundle" : "slot-b.bundle";

        /// <summary>The file that describes it: manifest and signature. The loader does not read it.</summary>
        /// <param name="slot"><see cref="A"/> or <see cref="B"/>.</param>
        /// <returns>Its name.</returns>
        public static string Offer(int slot) => slot == A ? "slot-a.offer" : "slot-b.offer";

        /// <summary>The other slot.</summary>
        /// <param name="slot"><see cref="A"/> or <see cref="B"/>.</param>
        /// <returns><see cref="B"/> or <see cref="A"/>.</returns>
        public static int Other(int slot) => A + B - slot;
    }
}
