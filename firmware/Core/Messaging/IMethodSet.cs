namespace Firmware.Messaging
{
    /// <summary>The methods of a device. They are created for a request and not kept: 30 of them would take 1 KB of heap.</summary>
    public interface IMethodSet
    {
        /// <summary>Creates the method of a name.</summary>
        /// <param name="name">The name that a request gives.</param>
        /// <returns>The method; null for none.</returns>
        IMethod Find(string name);

        /// <summary>Creates all methods.</summary>
        /// <returns>All of them, in their order.</returns>
        IMethod[] All();
    }
}
