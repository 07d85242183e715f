using System;
using Firmware.Connectivity;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Requests
{
    /// <summary>The way of a request: carried out as it comes; the response goes out at once or, to a group, at a random moment.</summary>
    internal sealed class RequestModule : Module, IMethodSet
    {
        private const int TopicRoom = 128;
        private const int LeastResponse = 200;

        private DeviceContext _device;
        private RequestRouter _router; // null until the first request
        private ResponseQueue _responses;
        private Jitter _jitter; // null until a request to a group
        private int[] _hashes; // of the names of all methods
        private byte[] _owners; // slots of their modules, beside them
        private int _found; // slot of the module whose method was found last

        /// <inheritdoc/>
        public override string Name => "requests";

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[] { new PingMethod(_device.Clock), new MethodsMethod(this) };

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override AwakeHold Hold => _responses.IsEmpty ? AwakeHold.None : AwakeHold.WithinCap;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            _responses = new ResponseQueue(device.Topics, device.Counters);
            device.Responses = _responses;
            device.Publisher.Add(_responses, MessageRank.Response);
        }

        /// <inheritdoc/>
        public IMethod Find(string name)
        {
            // Native: as fast for the last method as for the first.
            object hash = name.GetHashCode();
            int[] hashes = _hashes;
            for (int next = 0; next < hashes.Length;)
            {
                int i = Array.IndexOf(hashes, hash, next);
                if (i < 0)
                {
                    break;
                }

                IMethod method = Find(_owners[i], name);
                if (method != null)
                {
                    return method;
                }

                next = i + 1;
            }

            return null;
        }

        /// <inheritdoc/>
        public IMethod[] All() => All(out _);

        // With the slots of their modules.
        private IMethod[] All(out byte[] owners)
        {
            Module[] modules = Loop.Modules;
            IMethod[][] lists = new IMethod[modules.Length][];
            int count = 0;
            for (int i = 0; i < modules.Length; i++)
            {
                lists[i] = modules[i].Methods;
                count += lists[i] == null ? 0 : lists[i].Length;
            }

            IMethod[] all = new IMethod[count];
            owners = new byte[count];
            count = 0;
            for (int i = 0; i < modules.Length; i++)
            {
                for (int j = 0; lists[i] != null && j < lists[i].Length; j++)
                {
                    all[count] = lists[i][j];
                    owners[count++] = (byte)i;
                }
            }

            return all;
        }

        /// <inheritdoc/>
        public override void OnMessage(LinkEvent message, long now)
        {
            if (_router == null)
            {
                Collect();
            }

            int limit = _device.Connection.Session.MaximumPacketSize;
            _router.MaxResponse = limit > 0 ? ResponseLimit(limit) : RequestRouter.MaxAnswer;

            string topic = message.Topic;
            Topics topics = _device.Topics;
            Response response = topic == topics.Requests[0] // most are: one comparison for them
                ? _router.Handle(message.Payload, message.IsRetained, false, false, message.IsDuplicate)
                : _router.Handle(message.Payload, message.IsRetained, topics.IsGroup(topic), Messaging.Topics.IsQuery(topic), message.IsDuplicate);
            if (_router.HasInvoked)
            {
                Loop.SetDue(_found, 0);
            }

            if (response != null)
            {
                Answer(response, now);
            }
        }

        /// <inheritdoc/>
        public override void OnOffline() => RunAt(0);

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            _responses.Tick(now, _device.Connection.CanPublish);
            RunAt(_responses.IsWaiting ? now + Publisher.RetryPause : _responses.DueAt);
        }

        // The rest is for the topic, with the name of the client. An error fits the least.
        private static int ResponseLimit(int packet) =>
            packet < LeastResponse + TopicRoom ? LeastResponse : packet - TopicRoom < RequestRouter.MaxAnswer ? packet - TopicRoom : RequestRouter.MaxAnswer;

        // Collects the names of all methods: most wakes of a device that sleeps need none.
        private void Collect()
        {
            IMethod[] all = All(out _owners);
            _hashes = new int[all.Length];
            for (int i = 0; i < all.Length; i++)
            {
                _hashes[i] = all[i].Name.GetHashCode();
            }

            _router = new RequestRouter(this, _device.Clock, _device.Counters) { Queue = _responses, Events = _device.Events };
        }

        // In safe mode the methods of modules that do not run are refused.
        private IMethod Find(int slot, string name)
        {
            Module module = Loop.Modules[slot];
            IMethod[] methods = module.Methods;
            for (int i = 0; i < methods.Length; i++)
            {
                if (methods[i].Name == name)
                {
                    _found = slot;
                    return _device.IsSafeMode && !module.RunsInSafeMode ? new SuspendedMethod(methods[i]) : methods[i];
                }
            }

            return null;
        }

        private void Answer(Response response, long now)
        {
            long dueAt = now;
            if (response.Spread != 0)
            {
                _jitter = _jitter ?? _device.CreateJitter();
                dueAt += _jitter.Next(response.Spread * 1000);
            }

            if (!_responses.TryAdd(response, dueAt, now))
            {
                // No room to wait: it goes at once, and if the link takes nothing, it is lost.
                bool isSent = _device.Connection.Respond(_device.Topics.Response(response.Client), response.Payload) != 0;
                _device.Counters.ResponsesDropped += isSent ? 0 : 1;
            }
            else if (dueAt > now)
            {
                RunAt(_responses.DueAt);
            }
            else if (!_device.Connection.CanPublish)
            {
                RunAt(0);
            }
        }
    }
}
