namespace Firmware.Sensing
{
    /// <summary>Receives faults, recoveries and alarms of the sensors. Each change is reported once.</summary>
    public interface ISensingEvents
    {
        /// <summary>A sensor is missing or stopped answering.</summary>
        /// <param name="sensor">Model and address, e.g. "bme280@76".</param>
        /// <param name="reason">Why, in a few words.</param>
        void SensorFault(string sensor, string reason);

        /// <summary>A sensor that was missing answers.</summary>
        /// <param name="sensor">Model and address.</param>
        void SensorRecovery(string sensor);

        /// <summary>A channel's value was refused.</summary>
        /// <param name="channel">The channel's name.</param>
        /// <param name="reason">Why, in a few words.</param>
        void ReadingFault(string channel, string reason);

        /// <summary>A channel gives plausible values again.</summary>
        /// <param name="channel">The channel's name.</param>
        void ReadingRecovery(string channel);

        /// <summary>A channel's value crossed a threshold, or came back from it.</summary>
        /// <param name="channel">The channel, with that value.</param>
        /// <param name="state">The value relative to its thresholds now.</param>
        /// <param name="limit">The threshold, in millionths of the unit.</param>
        void Alarm(Channel channel, AlarmState state, long limit);

        /// <summary>Two sensors of the same kind lie too far apart.</summary>
        /// <param name="channel">The one with the plain name.</param>
        /// <param name="other">The other one.</param>
        void Disagreement(Channel channel, Channel other);

        /// <summary>Two sensors that disagreed lie close together again.</summary>
        /// <param name="channel">The one with the plain name.</param>
        /// <param name="other">The other one.</param>
        void Agreement(Channel channel, Channel other);
    }
}
