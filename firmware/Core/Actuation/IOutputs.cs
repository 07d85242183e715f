namespace Firmware.Actuation
{
    /// <summary>The outputs of a device for a module that switches them: rules. Numbers are those of the settings' order.</summary>
    public interface IOutputs
    {
        /// <summary>How many there are.</summary>
        int Count { get; }

        /// <summary>Finds an output.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>Its number; -1 for none.</returns>
        int IndexOf(string name);

        /// <summary>The name of an output.</summary>
        /// <param name="output">Its number.</param>
        /// <returns>The name.</returns>
        string NameOf(int output);

        /// <summary>Whether an output takes levels between off and fully on.</summary>
        /// <param name="output">Its number.</param>
        /// <returns>False for one that is only on or off.</returns>
        bool HasLevels(int output);

        /// <summary>What an output is driven to.</summary>
        /// <param name="output">Its number.</param>
        /// <returns>0 to 100 %: 0 is off; one that is only on or off has 100 when it is on. -1 while that is unknown, since its driver failed.</returns>
        int LevelOf(int output);

        /// <summary>
        /// Drives an output; what it is driven to already costs nothing and is no event. An output whose kind is a pulse
        /// begins another one.
        /// </summary>
        /// <param name="output">Its number.</param>
        /// <param name="level">0 to 100 %; for one that is only on or off all above 0 is on.</param>
        /// <param name="milliseconds">Until it returns to its safe state; 0 for as long as its limit allows, or for a pulse's length.</param>
        /// <param name="cause">Who wants it, for the event, e.g. "request", "rule heat".</param>
        /// <returns>Null when it is done; else why not, for people: its pin, an interlock, a minimum time. Who still wants it asks again.</returns>
        string Drive(int output, int level, int milliseconds, string cause);

        /// <summary>Whether the last drive was accepted, but has failed since: who wants it drives it again.</summary>
        /// <param name="output">Its number.</param>
        /// <returns>False for one that is driven at once.</returns>
        bool HasFailed(int output);

        /// <summary>Returns an output to its safe state: nobody decides it any more.</summary>
        /// <param name="output">Its number.</param>
        /// <param name="cause">Who has let go of it, for the event.</param>
        void Release(int output, string cause);
    }
}
