using Firmware.Gateway.Methods;
using Firmware.Gateway.Modbus;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Shutdown;

namespace Firmware.Gateway
{
    /// <summary>A gateway for children on a serial line: their readings go the way of the device's own.</summary>
    public sealed class GatewayModule : Module
    {
        private const int BufferLength = 64;
        private const int SecondsReserved = 600;
        private const int MostReads = 4; // in a row: the rest of the device has its turn in between

        private readonly GatewaySettings _settings;
        private readonly ISerialPort _port;
        private byte[] _buffer;
        private bool _hasMore; // to read, which has no signal of its own

        /// <summary>The children; null for none.</summary>
        internal Children Children;

        /// <summary>What is spoken on the line; null without children.</summary>
        internal SerialProtocol Protocol;

        /// <summary>Creates the module; opens nothing.</summary>
        /// <param name="port">The line.</param>
        /// <param name="others">What it may speak beside Modbus.</param>
        public GatewayModule(ISerialPort port, params ProtocolOption[] others)
        {
            _settings = new GatewaySettings(others);
            _port = port;
        }

        /// <inheritdoc/>
        public override string Name => "gateway";

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[] { new ChildrenListMethod(this), new ChildrenSetMethod(this) };

        /// <inheritdoc/>
        public override IStatusMember Status => Children;

        /// <summary>Has a value written soon, see <see cref="SerialProtocol.Write"/>.</summary>
        internal bool Write(int child, int place, int value)
        {
            RunAt(0);
            return Protocol.Write(child, place, value);
        }

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            ChildRule[] rules = (ChildRule[])device.Settings.Value(_settings, GatewaySettings.Children);
            if (rules.Length == 0)
            {
                Layouts.Clean(device, rules);
                return;
            }

            // Numbers of packs are reserved on flash for about ten minutes.
            for (int i = 0; i < rules.Length; i++)
            {
                device.Sequence.Block += SecondsReserved / rules[i].Get(ChildRule.Interval);
            }

            int protocol = rules[0].Get(ChildRule.Protocol);
            _buffer = new byte[BufferLength];
            Children children = new Children(rules, device);
            Children = children;
            Protocol = protocol == ChildRule.Modbus ? new ModbusMaster(children, _port) : _settings.Others[protocol - 1].Create(children, _port);
            children.Start(device.Settings.Channels);
            children.Wait = device.Settings.Number(_settings, GatewaySettings.Timeout);
            device.AllOutputs = new ChildOutputs(device.Outputs, this);
            device.Groups = rules;
            RunAt(0);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            SerialProtocol protocol = Protocol;
            if (protocol != null)
            {
                if (_hasMore)
                {
                    OnSignal(now);
                }

                protocol.Tick(now);
                RunAt(_hasMore ? 0 : protocol.DueAt);
            }
        }

        /// <inheritdoc/>
        public override void OnSignal(long now)
        {
            SerialProtocol protocol = Protocol;
            if (protocol == null)
            {
                return;
            }

            // Also after an exception.
            _hasMore = true;
            int count = 0;
            for (int i = 0; i < MostReads && (count = _port.Read(_buffer)) > 0; i++)
            {
                protocol.Receive(_buffer, count, now);
            }

            bool hasMore = count > 0;
            _hasMore = hasMore;
            RunAt(hasMore ? 0 : protocol.DueAt);
        }

        /// <inheritdoc/>
        public override void OnSettings(DeviceSettings settings)
        {
            if (Children != null)
            {
                Children.Apply(settings.Channels);
            }
        }

        /// <inheritdoc/>
        public override void OnShutdown(ShutdownReason reason)
        {
            if (Protocol != null)
            {
                Protocol.Stop();
            }
        }

        /// <inheritdoc/>
        public override void OnClosed(ShutdownReason reason) => _port.Close();
    }
}
