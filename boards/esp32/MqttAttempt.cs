using System;
using System.Collections;
using System.Threading;
using Firmware.Platform;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Boards.Esp32
{
    /// <summary>One client of M2Mqtt from its birth to its end. What it reports carries the number of its attempt.</summary>
    internal sealed class MqttAttempt
    {
        // The client's queue holds outgoing and received messages; when it is full, messages are lost silently. So the
        // broker is asked for no more than this at once, and the rest of the queue is for responses.
        private const ushort ReceiveMaximum = 16;
        private const int InflightMessages = 64;

        private const string OwnChannel = "the MQTT client's own channel is used: no bound on what comes in, no hostName";

        private readonly BrokerSession _session;
        private readonly bool _forget;
        private readonly ArrayList _early = new ArrayList();
        private bool _hasChannel;
        private bool _hadSession;
        private bool _isReported;
        private bool _isAbandoned;
        private bool _closeCleanly;

        internal MqttAttempt(int number, BrokerSession session, bool forget, ILinkEventSink signals, ICredentials credentials)
        {
            Number = number;
            _session = session;
            _forget = forget;
            Signals = signals;
            Tls = session.Address.IsSecure ? new TlsHandshake(session.Address, credentials) : null;
            IsConnecting = true;
        }

        internal readonly int Number;

        internal readonly ILinkEventSink Signals;

        // Null without TLS.
        internal readonly TlsHandshake Tls;

        internal MqttClient Client;

        internal bool IsConnecting;

        internal bool IsOpen => !IsConnecting && !_isAbandoned && Client != null && Client.IsConnected;

        private bool IsVersion5 => _session.IsVersion5;

        /// <summary>Runs on a worker.</summary>
        internal void Open()
        {
            string failure = "no connection";
            try
            {
                failure = TryOpen();
            }
            catch (Exception e)
            {
                failure = Describe(e);
                if (!(e is MqttCommunicationException) && _session.Reason < 0)
                {
                    _session.Reason = 0;
                }
            }

            if (failure != null)
            {
                Close(Client, false);
            }

            bool isUnwanted = EndConnecting();
            string detail = failure ?? (!_hasChannel ? OwnChannel : Tls == null ? null : Tls.Memory);
            Report(new LinkEvent(failure == null ? LinkEventKind.LinkUp : LinkEventKind.LinkDown, Number) { Detail = detail, HasSession = _hadSession });
            if (isUnwanted && failure == null)
            {
                CloseOnWorker();
            }
        }

        /// <summary>Ends the client on a worker of its own: closing it takes up to some seconds.</summary>
        /// <param name="clean">Whether to say DISCONNECT.</param>
        internal void Abandon(bool clean)
        {
            lock (_early)
            {
                if (_isAbandoned)
                {
                    return;
                }

                _isAbandoned = true;
                _closeCleanly = clean;
                if (IsConnecting)
                {
                    // The worker that connects will close.
                    return;
                }
            }

            new Thread(CloseOnWorker).Start();
        }

        // Memory may have run out: then there is no text either, but an end.
        private string Describe(Exception e)
        {
            try
            {
                // Whether Connect returns the code of a refusal or throws is a race.
                return _session.Reason > 0 ? Refusal()
                    : Tls != null && Tls.Failure != null ? Tls.Failure

                    // Under TLS 1.3 a client has finished before the server looks at its certificate.
                    : Tls != null && Tls.Memory != null ? "TLS: no CONNACK after the handshake: the broker may not know our certificate"
                    : "no connection to " + _session.Address.Host + ":" + _session.Address.Port + " (" + e.GetType().Name + ")";
            }
            catch (Exception)
            {
                return "no connection";
            }
        }

        private static void Close(MqttClient client, bool cleanly)
        {
            if (cleanly)
            {
                Disconnect(client);
            }

            Close(client);
        }

        private static void Disconnect(MqttClient client)
        {
            try
            {
                if (client != null && client.IsConnected)
                {
                    client.Disconnect();
                }
            }
            catch (Exception)
            {
                // The connection is dead already.
            }
        }

        private static void Close(MqttClient client)
        {
            try
            {
                if (client != null)
                {
                    client.Close();
                }
            }
            catch (Exception)
            {
                // Nothing is left to close.
            }
        }

        // Nothing follows the DISCONNECT: what the client still does for seconds does not matter.
        private void CloseOnWorker()
        {
            if (_closeCleanly)
            {
                Disconnect(Client);
            }

            Signals.Post(new LinkEvent(LinkEventKind.Closed, Number));
            Close(Client);
        }

        private string TryOpen()
        {
            _session.Reason = 0;

            // MQTT 5 starts a clean session and persists it in one step; 3.1.1 deletes a clean session when it ends.
            if (_forget && !IsVersion5)
            {
                ForgetSession();
            }

            MqttClient client = CreateClient();
            Client = client;
            client.MqttMsgPublishReceived += OnMessage;
            client.MqttMsgPublished += OnPublished;
            client.MqttMsgSubscribed += OnSubscribed;
            client.ConnectionOpened += OnOpened;
            client.ConnectionClosed += OnClosed;
            if (IsVersion5)
            {
                client.ConnectionClosedRequest += OnCloseRequested;
            }

            _session.Reason = BrokerSession.NoConnack;
            MqttReasonCode code = client.Connect(
                _session.ClientId,
                _session.Address.User,
                _session.Address.Password,
                _session.Retains,
                MqttQoSLevel.AtLeastOnce,
                true,
                _session.WillTopic,
                _session.WillPayload,
                _forget && IsVersion5,
                BrokerSession.KeepAliveSeconds);
            return code == MqttReasonCode.Success ? null : Refusal();
        }

        private void ForgetSession()
        {
            MqttClient client = CreateClient();
            try
            {
                client.Connect(
                    _session.ClientId,
                    _session.Address.User,
                    _session.Address.Password,
                    false,
                    MqttQoSLevel.AtMostOnce,
                    false,
                    null,
                    null,
                    true,
                    BrokerSession.KeepAliveSeconds);
            }
            finally
            {
                Close(client, true);
            }
        }

        private MqttClient CreateClient()
        {
            TlsHandshake tls = Tls;
            if (tls != null)
            {
                tls.Load();
            }

            MqttClient client = tls == null
                ? new MqttClient(_session.Address.Host, _session.Address.Port, false, null, null, MqttSslProtocols.None)
                : new MqttClient(_session.Address.Host, _session.Address.Port, true, tls.Ca, tls.Own, MqttSslProtocols.TLSv1_2);
            _hasChannel = BrokerChannel.Install(client, this);
            client.Settings.InflightQueueSize = InflightMessages;
            if (IsVersion5)
            {
                client.ProtocolVersion = MqttProtocolVersion.Version_5;
                client.MaximumPacketSize = Inbox.LargestMessage;
                client.ReceiveMaximum = ReceiveMaximum;
                client.SessionExpiryInterval = BrokerSession.ExpirySeconds;
            }
            else
            {
                client.ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
            }

            return client;
        }

        private bool EndConnecting()
        {
            lock (_early)
            {
                IsConnecting = false;
                return _isAbandoned;
            }
        }

        // With a persistent session messages come in before Connect has returned, when they could not be answered yet.
        private void Post(LinkEvent signal)
        {
            // It is set once: from then on there is no need for the lock.
            if (_isReported || !Keep(signal))
            {
                Signals.Post(signal);
            }
        }

        private bool Keep(LinkEvent signal)
        {
            lock (_early)
            {
                if (!_isReported && (signal.Kind != LinkEventKind.Message || _early.Count < Inbox.MaxMessages))
                {
                    _early.Add(signal);
                }

                return !_isReported;
            }
        }

        // Posts outside the lock: the thread that takes a signal may be waiting for it.
        private void Report(LinkEvent outcome)
        {
            LinkEvent next = outcome;
            while (next != null)
            {
                Signals.Post(next);
                lock (_early)
                {
                    _isReported = _early.Count == 0;
                    next = _isReported ? null : (LinkEvent)_early[0];
                    if (next != null)
                    {
                        _early.RemoveAt(0);
                    }
                }
            }
        }

        private string Refusal() => "broker: " + ReasonText.Of(_session.Reason);

        private void OnOpened(object sender, ConnectionOpenedEventArgs e)
        {
            MqttMsgConnack connack = e.Message;
            _hadSession = connack.SessionPresent;
            _session.Reason = (int)connack.ReturnCode;
            _session.MaximumPacketSize = (int)connack.MaximumPacketSize;
            _session.ReceiveMaximum = connack.ReceiveMaximum;
            _session.KeepAlive = connack.ServerKeepAlive;
            _session.Expiry = (int)connack.SessionExpiryInterval;
        }

        // Only a DISCONNECT that has properties gets here: the client cannot parse another.
        private void OnCloseRequested(object sender, ConnectionClosedRequestEventArgs e) => _session.Reason = (int)e.Message.ResonCode;

        private void OnMessage(object sender, MqttMsgPublishEventArgs e) => Post(new LinkEvent(LinkEventKind.Message, Number)
        {
            Topic = e.Topic,
            Payload = e.Message ?? new byte[0],
            IsRetained = e.Retain,
            IsDuplicate = e.DupFlag,
        });

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e) =>
            Post(new LinkEvent(e.IsPublished ? LinkEventKind.Acknowledged : LinkEventKind.NotAcknowledged, Number) { MessageId = e.MessageId });

        private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
        {
            MqttQoSLevel[] granted = e.GrantedQoSLevels;
            byte[] codes = new byte[granted.Length];
            for (int i = 0; i < codes.Length; i++)
            {
                codes[i] = (byte)granted[i];
            }

            Post(new LinkEvent(LinkEventKind.Subscribed, Number) { Payload = codes });
        }

        private void OnClosed(object sender, EventArgs e) =>
            Post(new LinkEvent(LinkEventKind.LinkDown, Number) { Detail = _session.Reason > 0 ? Refusal() : "the connection was lost" });
    }
}
