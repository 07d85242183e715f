using System;
using System.Threading;
using Firmware.Platform;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace Boards.Esp32
{
    /// <summary>One client of M2Mqtt from its birth to its end. What it reports carries the number of its attempt.</summary>
    internal sealed class MqttAttempt
    {
        // A message that does not fit the heap kills the client's receive thread: MQTT 5 lets the broker keep it away.
        // A request has at most 4 KB; the rest is topic and header.
        private const uint MaximumPacketSize = 5120;
        private const int InflightMessages = 32;

        private readonly int _number;
        private readonly BrokerSession _session;
        private readonly ISignalSink _signals;
        private bool _isAbandoned;
        private bool _closeCleanly;

        internal MqttAttempt(int number, BrokerSession session, ISignalSink signals)
        {
            _number = number;
            _session = session;
            _signals = signals;
            IsConnecting = true;
        }

        internal MqttClient Client { get; private set; }

        internal bool IsConnecting { get; private set; }

        internal bool IsOpen => !IsConnecting && !_isAbandoned && Client != null && Client.IsConnected;

        /// <summary>Runs on a worker.</summary>
        internal void Open()
        {
            string failure;
            try
            {
                failure = TryOpen();
            }
            catch (Exception e)
            {
                failure = "no connection to " + _session.Address.Host + ":" + _session.Address.Port + " (" + e.GetType().Name + ")";
            }

            IsConnecting = false;
            if (failure != null || _isAbandoned)
            {
                CloseClient();
            }

            _signals.Post(new Signal(failure == null ? SignalKind.LinkUp : SignalKind.LinkDown, _number) { Detail = failure });
        }

        /// <summary>Ends the client on a worker of its own: closing it takes up to some seconds.</summary>
        /// <param name="clean">Whether to say DISCONNECT.</param>
        internal void Abandon(bool clean)
        {
            if (_isAbandoned)
            {
                return;
            }

            _isAbandoned = true;
            _closeCleanly = clean;
            if (!IsConnecting && Client != null)
            {
                new Thread(CloseClient).Start();
            }
        }

        private string TryOpen()
        {
            BrokerAddress address = _session.Address;
            MqttClient client = new MqttClient(address.Host, address.Port, false, null, null, MqttSslProtocols.None);
            Client = client;
            client.ProtocolVersion = MqttProtocolVersion.Version_5;
            client.MaximumPacketSize = MaximumPacketSize;
            client.Settings.InflightQueueSize = InflightMessages;
            client.MqttMsgPublishReceived += OnMessage;
            client.MqttMsgPublished += OnPublished;
            client.MqttMsgSubscribed += OnSubscribed;
            client.ConnectionClosed += OnClosed;
            MqttReasonCode code = client.Connect(
                _session.ClientId,
                address.User,
                address.Password,
                true,
                MqttQoSLevel.AtLeastOnce,
                true,
                _session.WillTopic,
                _session.WillPayload,
                true,
                BrokerSession.KeepAliveSeconds);
            return code == MqttReasonCode.Success ? null : "the broker refused with reason " + (int)code;
        }

        private void CloseClient()
        {
            MqttClient client = Client;
            if (client == null)
            {
                return;
            }

            try
            {
                if (_closeCleanly && client.IsConnected)
                {
                    client.Disconnect();
                }
            }
            catch (Exception)
            {
                // The connection is dead already.
            }

            try
            {
                client.Close();
            }
            catch (Exception)
            {
                // Nothing is left to close.
            }
        }

        private void OnMessage(object sender, MqttMsgPublishEventArgs e) => _signals.Post(new Signal(SignalKind.Message, _number)
        {
            Topic = e.Topic,
            Payload = e.Message ?? new byte[0],
            IsRetained = e.Retain,
        });

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e) =>
            _signals.Post(new Signal(e.IsPublished ? SignalKind.Acknowledged : SignalKind.NotAcknowledged, _number) { MessageId = e.MessageId });

        private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e) =>
            _signals.Post(new Signal(SignalKind.Subscribed, _number) { MessageId = e.MessageId });

        private void OnClosed(object sender, EventArgs e) =>
            _signals.Post(new Signal(SignalKind.LinkDown, _number) { Detail = "the connection was lost" });
    }
}
