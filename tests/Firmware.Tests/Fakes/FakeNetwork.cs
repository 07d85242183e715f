using System;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A radio that records its calls; the test posts the results.</summary>
    public sealed class FakeNetwork : INetwork
    {
        public bool IsJoined => Address != null;

        public string Address { get; set; } = "10.0.0.7";

        public int SignalDbm { get; set; } = -61;

        /// <summary>Receives that each network was joined; null leaves it to the test.</summary>
        public ILinkEventSink Sink { get; set; }

        /// <summary>Whether Join throws.</summary>
        public bool Throws { get; set; }

        public int Joins { get; private set; }

        /// <summary>Number of the last attempt.</summary>
        public int Attempt { get; private set; }

        /// <summary>The network that was asked for last.</summary>
        public WifiNetwork Network { get; private set; }

        public void Join(int attempt, WifiNetwork network)
        {
            Joins++;
            Attempt = attempt;
            Network = network;
            if (Throws)
            {
                throw new InvalidOperationException();
            }

            if (Sink != null)
            {
                Sink.Post(new LinkEvent(LinkEventKind.Joined, attempt));
            }
        }

        public int Leaves { get; private set; }

        public int Restarts { get; private set; }

        public void Leave() => Leaves++;

        public void Restart() => Restarts++;

        /// <summary>How often the network in the chip was forgotten.</summary>
        public int Forgets { get; private set; }

        public bool Forget()
        {
            Forgets++;
            return true;
        }
    }
}
