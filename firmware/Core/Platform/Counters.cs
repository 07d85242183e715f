namespace Firmware.Platform
{
    /// <summary>What went wrong or was refused since the start; shown by <c>info</c>. Written by the loop alone.</summary>
    public sealed class Counters
    {
        /// <summary>Connections to the broker that were opened, less the first.</summary>
        public int Reconnects;

        /// <summary>Connections that were replaced because nothing came back through them any more.</summary>
        public int SilentLinks;

        /// <summary>Reconnections at which the broker had forgotten the session, and what it had kept with it.</summary>
        public int SessionsLost;

        /// <summary>How often the radio was turned off and on, because joining failed again and again.</summary>
        public int RadioRestarts;

        /// <summary>Requests that were carried out.</summary>
        public int Requests;

        /// <summary>Requests with an error as response, and messages that could not be understood.</summary>
        public int Refused;

        /// <summary>What may mean an attack, also when no event was sent for it.</summary>
        public int Security;

        /// <summary>Measurements that were worth sending.</summary>
        public int Readings;

        /// <summary>Measurements that had to go before they were sent, because there was no more room.</summary>
        public int ReadingsDropped;

        /// <summary>Events that were not sent because too many waited.</summary>
        public int EventsDropped;

        /// <summary>Responses that were not sent because there was no connection.</summary>
        public int ResponsesDropped;

        /// <summary>Measurements in which a sensor failed.</summary>
        public int SensorFaults;

        /// <summary>Writes to storage that failed.</summary>
        public int StorageFaults;

        /// <summary>Blocks of updates that were not what they had to be.</summary>
        public int BadBlocks;

        /// <summary>Exceptions that the loop survived.</summary>
        public int Exceptions;
    }
}
