using System;
using System.Threading;
using Firmware.Platform;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Boards.Esp32
{
    /// <summary>
    /// The connection to the broker over M2Mqtt. The client resolves the host name in its constructor and blocks while
    /// it connects and closes, so workers do that; every attempt is a client of its own.
    /// </summary>
    public sealed class MqttLink : IBrokerLink
    {
        // A worker that has not come back after so many tries, minutes later, is given up.
        private const int MaxRefused = 8;

        private readonly ILinkEventSink _signals;
        private MqttAttempt _current;
        private string _willTopic;
        private int _refused;

        /// <summary>Certificates for brokers with TLS; null for a board without.</summary>
        public ICredentials Credentials;

        /// <summary>Creates a link without a connection.</summary>
        /// <param name="signals">Receives what happens.</param>
        public MqttLink(ILinkEventSink signals)
        {
            _signals = signals;
        }

        /// <inheritdoc/>
        public void Connect(int attempt, BrokerSession session, bool forget)
        {
            // A worker that still hangs in the vendor's connect holds memory: never more than one of them.
            if (_current != null && _current.IsConnecting && ++_refused < MaxRefused)
            {
                _signals.Post(new LinkEvent(LinkEventKind.LinkDown, attempt) { Detail = "the previous attempt has not ended" });
                return;
            }

            _refused = 0;
            MqttAttempt next = new MqttAttempt(attempt, session, forget, _signals, Credentials);
            try
            {
                new Thread(next.Open).Start();
                _current = next;
                _willTopic = session.WillTopic;
            }
            catch (Exception)
            {
                _signals.Post(new LinkEvent(LinkEventKind.LinkDown, attempt) { Detail = "no memory for a thread" });
            }
        }

        /// <inheritdoc/>
        public bool Subscribe(string[] topics)
        {
            MqttClient client = Client();
            if (client == null)
            {
                return false;
            }

            MqttQoSLevel[] levels = new MqttQoSLevel[topics.Length];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = IsOfOthers(topics[i]) ? MqttQoSLevel.AtMostOnce : MqttQoSLevel.AtLeastOnce;
            }

            client.Subscribe(topics, levels);
            return true;
        }

        // What other devices publish for all is not kept by the broker while this one is away: a flood of it makes the client
        // deaf, and only the last counts.
        private bool IsOfOthers(string topic) =>
            (topic.EndsWith("/telemetry") || topic.EndsWith("/status")) && !topic.StartsWith(_willTopic.Substring(0, _willTopic.LastIndexOf('/') + 1));

        /// <inheritdoc/>
        public void Unsubscribe(string topic)
        {
            MqttClient client = Client();
            if (client != null)
            {
                client.Unsubscribe(new string[] { topic });
            }
        }

        /// <inheritdoc/>
        public int Publish(string topic, byte[] payload, int qos, bool retain)
        {
            MqttClient client = Client();
            if (client == null)
            {
                return 0;
            }

            try
            {
                int id = client.Publish(topic, payload, null, null, qos == 0 ? MqttQoSLevel.AtMostOnce : MqttQoSLevel.AtLeastOnce, retain);

                // The client's thread sends it now: a burst of messages does not pile up in its queue.
                Thread.Sleep(0);
                return id;
            }
            catch (MqttClientException)
            {
                // Too many messages are in flight.
                return 0;
            }
        }

        /// <inheritdoc/>
        public void Close(bool clean)
        {
            if (_current != null)
            {
                _current.Abandon(clean);
            }
        }

        private MqttClient Client() => _current == null || !_current.IsOpen ? null : _current.Client;
    }
}
