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

        private readonly GatewaySettings _settings = new GatewaySettings();
        private readonly ISerialPort _port;
        private DeviceContext _device;
        private SerialProtocol _protocol; // null without children
        private byte[] _buffer;

        /// <summary>Creates the module; opens nothing.</summary>
        /// <param name="port">The line.</param>
        public GatewayModule(ISerialPort port)
        {
            _port = port;
        }

        /// <inheritdoc/>
        public override string Name => "gateway";

        /// <inheritdoc/>
        public override SettingGroup Settings => _settings;

        /// <inheritdoc/>
        public override IMethod[] Methods => new IMethod[] { new ChildrenListMethod(this, _device.Clock), new ChildrenSetMethod(this) };

        /// <inheritdoc/>
        public override IStatusMember Status => Children == null ? null : new ChildrenStatus(Children);

        /// <summary>The children; null for none.</summary>
        internal Children Children { get; private set; }

        /// <summary>Has a value written soon, see <see cref="ModbusMaster.Write"/>.</summary>
        internal bool Write(int child, int place, int value)
        {
            RunAt(0);
            return ((ModbusMaster)_protocol).Write(child, place, value);
        }

        /// <inheritdoc/>
        public override void Start(DeviceContext device)
        {
            _device = device;
            ChildRule[] rules = (ChildRule[])device.Settings.Value(_settings, GatewaySettings.Children);
            if (rules.Length == 0)
            {
                return;
            }

            // Numbers of packs are reserved on flash for about ten minutes.
            for (int i = 0; i < rules.Length; i++)
            {
                device.Sequence.Block += SecondsReserved / rules[i].Interval;
            }

            _buffer = new byte[BufferLength];
            Children = new Children(rules, device);
            Children.Start(device.Settings.Channels);
            ModbusMaster master = new ModbusMaster(Children, _port, device.Settings.Number(_settings, GatewaySettings.Timeout));
            _protocol = master;
            device.AllOutputs = new ChildOutputs(device.Outputs, this);
            RunAt(0);
        }

        /// <inheritdoc/>
        public override void Tick(long now)
        {
            if (_protocol != null)
            {
                _protocol.Tick(now);
                RunAt(_protocol.DueAt);
            }
        }

        /// <inheritdoc/>
        public override void OnSignal(long now)
        {
            if (_protocol == null)
            {
                return;
            }

            for (int count = _port.Read(_buffer); count > 0; count = _port.Read(_buffer))
            {
                _protocol.Receive(_buffer, count, now);
            }

            RunAt(_protocol.DueAt);
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
        public override void OnClosed(ShutdownReason reason) => _port.Close();
    }
}
