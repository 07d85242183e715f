namespace Firmware.Platform
{
    /// <summary>
    /// One connection to an MQTT broker at a time. Every call returns at once; what happens comes back as events
    /// in the inbox, each with the number of its attempt.
    /// </summary>
    public interface IBrokerLink
    {
        /// <summary>
        /// Begins to connect with a persistent session. Ends with <see cref="LinkEventKind.LinkUp"/>, which says whether the
        /// broker had the session, or <see cref="LinkEventKind.LinkDown"/>. No message comes before it.
        /// </summary>
        /// <param name="attempt">Number of this attempt, so that a late event of an earlier one is recognized.</param>
        /// <param name="session">Broker, credentials, will; receives what the broker states.</param>
        /// <param name="forget">Whether the broker must first delete what it keeps for this device.</param>
        void Connect(int attempt, BrokerSession session, bool forget);

        /// <summary>Subscribes with QoS 1, in one packet. Ends with <see cref="LinkEventKind.Subscribed"/>.</summary>
        /// <param name="topics">The topic filters.</param>
        /// <returns>False when there is no connection.</returns>
        bool Subscribe(string[] topics);

        /// <summary>Ends a subscription; nothing reports that it has ended.</summary>
        /// <param name="topic">The topic filter.</param>
        void Unsubscribe(string topic);

        /// <summary>
        /// Hands a message to the broker. With QoS 1 it ends with <see cref="LinkEventKind.Acknowledged"/> or
        /// <see cref="LinkEventKind.NotAcknowledged"/>, or with <see cref="LinkEventKind.LinkDown"/> for all that are open.
        /// </summary>
        /// <param name="topic">The topic.</param>
        /// <param name="payload">The payload; must not change afterwards.</param>
        /// <param name="qos">0 or 1.</param>
        /// <param name="retain">Whether the broker keeps it for later subscribers.</param>
        /// <returns>The message id, 1 to 65535, or 0 when it cannot be taken now.</returns>
        int Publish(string topic, byte[] payload, int qos, bool retain);

        /// <summary>
        /// Begins to end the connection and returns at once; <see cref="LinkEventKind.Closed"/> reports that it is closed. No other
        /// event of this attempt is of interest. Does nothing when there is none.
        /// </summary>
        /// <param name="clean">True says DISCONNECT first, so that the broker does not publish the will.</param>
        void Close(bool clean);
    }
}
