using System;
using Firmware.Connectivity;
using Firmware.Platform;
using Firmware.Sampling;
using Firmware.Shutdown;

namespace Firmware
{
    /// <summary>
    /// The one way in: takes what the ports have left in the inbox. A message's topic is matched once, against the filters
    /// of the modules; its owner gets it.
    /// </summary>
    internal sealed class Dispatcher
    {
        // Bounded, so that a flood of messages does not keep the device from measuring.
        private const int MaxEvents = 32;

        private readonly Inbox _inbox;
        private readonly ModuleLoop _loop;
        private readonly ConnectionModule _connection;
        private readonly Module _requests;
        private readonly SamplingModule _sampling;
        private readonly ShutdownModule _shutdown;
        private readonly ISleeper _sleeper; // null for a board that does not sleep
        private string[] _filters = new string[0];
        private Module[] _owners = new Module[0];

        internal Dispatcher(Inbox inbox, ModuleLoop loop, CoreModules core, ISleeper sleeper)
        {
            _inbox = inbox;
            _loop = loop;
            _connection = core.Connection;
            _requests = core.Requests;
            _sampling = core.Sampling;
            _shutdown = core.Shutdown;
            _sleeper = sleeper;
        }

        /// <summary>Collects the filters of all modules.</summary>
        /// <returns>The filters to subscribe to, without those of requests.</returns>
        internal string[] Route()
        {
            Module[] modules = _loop.Modules;
            int count = 0;
            for (int i = 0; i < modules.Length; i++)
            {
                string[] topics = modules[i].Topics;
                count += topics == null ? 0 : topics.Length;
            }

            _filters = Texts.New(count);
            _owners = new Module[count];
            count = 0;
            for (int i = 0; i < modules.Length; i++)
            {
                string[] topics = modules[i].Topics;
                for (int j = 0; topics != null && j < topics.Length; j++)
                {
                    _filters[count] = topics[j];
                    _owners[count++] = modules[i];
                }
            }

            return _filters;
        }

        /// <summary>Takes what waits, up to a limit.</summary>
        internal void Take(long now)
        {
            for (int i = 0; i < MaxEvents && !_inbox.IsEmpty && !_shutdown.IsOver; i++)
            {
                try
                {
                    Take(_inbox.Take(), now);
                }
                catch (Exception e)
                {
                    // A request that fails must not hide a lost connection behind it.
                    _loop.Failed("dispatch", e);
                }
            }
        }

        private void Take(LinkEvent item, long now)
        {
            switch (item.Kind)
            {
                case LinkEventKind.Message:
                    if (!_connection.Absorb(item, now) && IsTaken())
                    {
                        NotifySleeper(item, now);
                        Hand(item, OwnerOf(item.Topic), now);
                    }

                    break;
                case LinkEventKind.Acknowledged:
                case LinkEventKind.NotAcknowledged:
                    _connection.Finished(item, now);
                    _shutdown.Progress();
                    _sampling.Schedule();
                    NotifySleeper(item, now);
                    break;
                case LinkEventKind.Closed:
                    _shutdown.Closed();
                    break;
                case LinkEventKind.Signal:
                    _loop.Notify(ModuleEvent.Signal, null, now);
                    break;
                default:
                    _connection.Take(item, now);
                    break;
            }
        }

        // A device that is about to stop, restart or sleep cannot respond: a request that it carried out would come again.
        private bool IsTaken() => _shutdown.Reason == ShutdownReason.None || _shutdown.Reason == ShutdownReason.Reconnect;

        private void Hand(LinkEvent message, Module owner, long now)
        {
            try
            {
                owner.OnMessage(message, now);
            }
            catch (Exception e)
            {
                _loop.Failed(owner.Name, e);
            }
        }

        private void NotifySleeper(LinkEvent item, long now)
        {
            if (_sleeper != null && _shutdown.Reason == ShutdownReason.None)
            {
                try
                {
                    _sleeper.OnTraffic(item, now);
                }
                catch (Exception e)
                {
                    // What came in counts all the same.
                    _loop.Failed("sleep", e);
                }
            }
        }

        private Module OwnerOf(string topic)
        {
            if (_connection.IsRequest(topic))
            {
                return _requests;
            }

            for (int i = 0; i < _filters.Length; i++)
            {
                if (ConnectionPlan.Matches(_filters[i], topic))
                {
                    return _owners[i];
                }
            }

            return _requests;
        }
    }
}
