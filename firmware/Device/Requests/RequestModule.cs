using Firmware.Connectivity;
using Firmware.Messaging;
using Firmware.Messaging.Methods;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Requests
{
    /// <summary>The way of a request: carried out as it comes; the response goes out at once or, to a group, at a random moment.</summary>
    internal sealed class RequestModule : Module
    {
        private DeviceContext _device;
        private RequestRouter _router;
        private MethodsMethod _methods;
        private ResponseQueue _responses;
        private Jitter _jitter;
        private Module[] _owners;

        /// <inheritdoc/>
        public override string Name => "requests";

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[] { new PingMethod(_device.Clock), _methods };

        /// <inheritdoc/>
        public override bool RunsInSafeMode => true;

        /// <inheritdoc/>
        public override AwakeHold Hold => _responses.IsEmpty ? AwakeHold.None : AwakeHold.WithinCap;

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            _jitter = device.CreateJitter();
            _methods = new MethodsMethod(null);
            _responses = new ResponseQueue(device.Topics, device.Counters);
            device.Responses = _responses;
            device.Publisher.Add(_responses, MessageRank.Response);
        }

        /// <summary>Collects the methods of all modules. In safe mode those of modules that do not run are refused.</summary>
        internal void Collect(Module[] modules)
        {
            IMethod[][] all = new IMethod[modules.Length][];
            int count = 0;
            for (int i = 0; i < modules.Length; i++)
            {
                all[i] = modules[i].Methods;
                count += all[i] == null ? 0 : all[i].Length;
            }

            IMethod[] methods = new IMethod[count];
            _owners = new Module[count];
            count = 0;
            for (int i = 0; i < modules.Length; i++)
            {
                bool isSuspended = _device.IsSafeMode && !modules[i].RunsInSafeMode;
                for (int j = 0; all[i] != null && j < all[i].Length; j++)
                {
                    methods[count] = isSuspended ? new SuspendedMethod(all[i][j]) : all[i][j];
                    _owners[count++] = modules[i];
                }
            }

            _methods.All = methods;
            _router = new RequestRouter(methods, _device.Clock, _device.Counters);
        }

        /// <inheritdoc/>
        public override void OnMessage(LinkEvent message, long now)
        {
            Response response = _router.Handle(message.Payload, message.IsRetained, _device.Topics.IsGroup(message.Topic));
            if (_router.Invoked >= 0)
            {
                Loop.SetDue(_owners[_router.Invoked].Slot, 0);
            }

            if (response != null)
            {
                Answer(response, now);
            }
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            _responses.Tick(now, _device.Connection.CanPublish);
            RunAt(_responses.IsWaiting ? now + Publisher.RetryPause : _responses.DueAt);
        }

        private void Answer(Response response, long now)
        {
            long dueAt = now + (response.Spread == 0 ? 0 : _jitter.Next(response.Spread * 1000));
            if (!_responses.TryAdd(response, dueAt, now))
            {
                // No room to wait: it goes at once, and if the link takes nothing, it is lost.
                bool isSent = _device.Connection.Publish(_device.Topics.Response(response.Client), response.Payload, false) != 0;
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
