namespace Firmware.Messaging
{
    /// <summary>A param that a method understands.</summary>
    public sealed class Param
    {
        /// <summary>The params of a method without any.</summary>
        public static readonly Param[] None = new Param[0];

        /// <summary>Creates a param.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="meaning">Type, unit, default: for people.</param>
        public Param(string name, string meaning)
        {
            Name = name;
            Meaning = meaning;
        }

        /// <summary>Its name.</summary>
        public readonly string Name;

        /// <summary>Type, unit, default.</summary>
        public readonly string Meaning;
    }
}
