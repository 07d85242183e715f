namespace Firmware
{
    /// <summary>What the loop does, in its order.</summary>
    internal enum LoopPart
    {
        /// <summary>Once at the start.</summary>
        FindSensors,

        /// <summary>Once at the start.</summary>
        StartConnection,

        /// <summary>What came in: messages, acknowledgements, changes of the connection.</summary>
        TakeSignals,

        /// <summary>Timeouts and tries of the connection.</summary>
        Connect,

        /// <summary>A measurement at the interval.</summary>
        Measure,

        /// <summary>Looking for sensors that do not answer.</summary>
        Probe,

        /// <summary>Status, answers to groups, events, readings, lines of the log.</summary>
        Publish,

        /// <summary>An update over the air.</summary>
        Update,

        /// <summary>Relays, trials, restarts, health.</summary>
        Upkeep,

        /// <summary>Whether it is time to sleep.</summary>
        Sleep,

        /// <summary>Leaving on purpose.</summary>
        SayOffline,
    }
}
