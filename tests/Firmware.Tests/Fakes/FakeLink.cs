using System;
using System.Collections;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>
    /// A connection that records what it was given; the test posts the results. Only publications with QoS 1 are
    /// acknowledged, at once, unless the test does that itself.
    /// </summary>
    public sealed class FakeLink : IBrokerLink
    {
        private readonly ArrayList _published = new ArrayList();
        private readonly ArrayList _subscribed = new ArrayList();

        /// <summary>Receives acknowledgements; null for none.</summary>
        public ILinkEventSink Sink { get; set; }

        /// <summary>Whether each message is acknowledged as soon as it is published.</summary>
        public bool Acknowledges { get; set; } = true;

        /// <summary>When set, under MQTT 5 only messages on topics that end so are acknowledged, and the client gives up the others.</summary>
        public string AcknowledgesOnly { get; set; }

        /// <summary>Whether the broker accepts each connection and each subscription at once.</summary>
        public bool AnswersAlways { get; set; }

        /// <summary>The code in SUBACK for filters that have this in them, else 1; null grants all.</summary>
        public string Refuses { get; set; }

        /// <summary>Whether a message that is acknowledged comes back to a device that has subscribed to its topic.</summary>
        public bool Echoes { get; set; } = true;

        /// <summary>What CONNACK states.</summary>
        public bool HasSession { get; set; }

        /// <summary>What CONNACK states.</summary>
        public int KeepAlive { get; set; }

        /// <summary>What CONNACK states.</summary>
        public int MaximumPacketSize { get; set; }

        /// <summary>Whether CONNECT with a retained will is refused.</summary>
        public bool RefusesRetain { get; set; }

        /// <summary>The code with which the next <see cref="Refusals"/> connections are refused.</summary>
        public int RefusesWith { get; set; }

        public int Refusals { get; set; }

        /// <summary>How many packets of SUBSCRIBE there were.</summary>
        public int Subscribes { get; private set; }

        /// <summary>Whether Close takes effect at once.</summary>
        public bool Closes { get; set; } = true;

        /// <summary>Whether Subscribe works.</summary>
        public bool TakesSubscriptions { get; set; } = true;

        /// <summary>Whether Publish takes messages.</summary>
        public bool TakesMessages { get; set; } = true;

        /// <summary>Messages on topics with this in them make Publish throw; null for none.</summary>
        public string ThrowsOn { get; set; }

        /// <summary>Whether Connect and Close throw.</summary>
        public bool Throws { get; set; }

        public int Connects { get; private set; }

        /// <summary>Number of the last attempt.</summary>
        public int Attempt { get; private set; }

        public BrokerSession Session { get; private set; }

        /// <summary>How often the broker was to forget the session.</summary>
        public int Forgets { get; private set; }

        public string[] Topics { get; private set; }

        public int CleanCloses { get; private set; }

        public int UncleanCloses { get; private set; }

        /// <summary>How many messages it took.</summary>
        public int Count => _published.Count;

        public Publication this[int index] => (Publication)_published[index];

        public void Connect(int attempt, BrokerSession session, bool forget)
        {
            Forgets += forget ? 1 : 0;
            _subscribed.Clear();
            Connects++;
            Attempt = attempt;
            Session = session;
            ThrowIf(Throws);
            if (AnswersAlways)
            {
                bool isRefused = (RefusesRetain && session.Retains) || Refusals > 0;
                session.KeepAlive = KeepAlive;
                session.MaximumPacketSize = MaximumPacketSize;
                session.Reason = !isRefused ? 0 : Refusals > 0 ? RefusesWith : ReasonText.RetainNotSupported;
                Refusals -= Refusals > 0 ? 1 : 0;
                Sink.Post(isRefused
                    ? new LinkEvent(LinkEventKind.LinkDown, attempt) { Detail = "broker: " + ReasonText.Of(session.Reason) }
                    : new LinkEvent(LinkEventKind.LinkUp, attempt) { HasSession = HasSession });
            }
        }

        public bool Subscribe(string[] topics)
        {
            Topics = topics;
            Subscribes++;
            foreach (string filter in topics)
            {
                _subscribed.Add(filter);
            }

            if (AnswersAlways)
            {
                Sink.Post(Granted(topics));
            }

            return TakesSubscriptions;
        }

        /// <summary>The last topic that was unsubscribed from, or null.</summary>
        public string Unsubscribed { get; private set; }

        public void Unsubscribe(string topic)
        {
            Unsubscribed = topic;
            _subscribed.Remove(topic);
        }

        public int Publish(string topic, byte[] payload, int qos, bool retain)
        {
            ThrowIf(ThrowsOn != null && topic.Contains(ThrowsOn));
            if (!TakesMessages)
            {
                return 0;
            }

            int id = _published.Count + 1;
            _published.Add(new Publication { Topic = topic, Text = Utf8.Text(payload), Qos = qos, IsRetained = retain, Id = id });
            if (qos > 0 && Acknowledges && Sink != null)
            {
                bool isLost = AcknowledgesOnly != null && Session.IsVersion5 && !topic.EndsWith(AcknowledgesOnly);
                Sink.Post(new LinkEvent(isLost ? LinkEventKind.NotAcknowledged : LinkEventKind.Acknowledged, Attempt) { MessageId = id });
                if (Echoes && !isLost && topic.EndsWith("/telemetry") && _subscribed.Contains(topic))
                {
                    Sink.Post(new LinkEvent(LinkEventKind.Message, Attempt) { Topic = topic, Payload = payload });
                }
            }

            return id;
        }

        public void Close(bool clean)
        {
            CleanCloses += clean ? 1 : 0;
            UncleanCloses += clean ? 0 : 1;
            ThrowIf(Throws);
            if (Sink != null && Closes)
            {
                Sink.Post(new LinkEvent(LinkEventKind.Closed, Attempt));
            }
        }

        /// <summary>A SUBACK for the last SUBSCRIBE.</summary>
        public LinkEvent Granted() => Granted(Topics);

        /// <summary>How many messages it took on topics that end so.</summary>
        public int CountOf(string topicEnd)
        {
            int count = 0;
            for (int i = 0; i < Count; i++)
            {
                count += this[i].Topic.EndsWith(topicEnd) ? 1 : 0;
            }

            return count;
        }

        /// <summary>The n-th message on topics that end so, from 0; null when there are fewer.</summary>
        public Publication Find(string topicEnd, int n)
        {
            for (int i = 0; i < Count; i++)
            {
                if (this[i].Topic.EndsWith(topicEnd) && n-- == 0)
                {
                    return this[i];
                }
            }

            return null;
        }

        /// <summary>The last message on topics that end so, or null.</summary>
        public Publication Last(string topicEnd) => Find(topicEnd, CountOf(topicEnd) - 1);

        /// <summary>How often a text occurs in all messages on topics that end so.</summary>
        public int CountIn(string topicEnd, string text)
        {
            int count = 0;
            for (int i = 0; i < Count; i++)
            {
                string message = this[i].Topic.EndsWith(topicEnd) ? this[i].Text : string.Empty;
                for (int at = message.IndexOf(text); at >= 0; at = message.IndexOf(text, at + text.Length))
                {
                    count++;
                }
            }

            return count;
        }

        private LinkEvent Granted(string[] topics)
        {
            byte[] codes = new byte[topics.Length];
            for (int i = 0; i < codes.Length; i++)
            {
                codes[i] = Refuses != null && topics[i].Contains(Refuses) ? (byte)135 : (byte)1;
            }

            return new LinkEvent(LinkEventKind.Subscribed, Attempt) { Payload = codes };
        }

        private static void ThrowIf(bool condition)
        {
            if (condition)
            {
                throw new InvalidOperationException();
            }
        }
    }
}
