using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Provisioning.Methods
{
    /// <summary>
    /// <c>network.scan</c>: networks in range, the strongest first: <c>{"networks":[{"ssid":"home","signal":-58}]}</c>. When
    /// the last scan is older than a minute the response is -32000 with <c>retryAfter</c>, and a new one begins.
    /// </summary>
    internal sealed class NetworkScanMethod : IQuery
    {
        private readonly ProvisioningModule _module;

        internal NetworkScanMethod(ProvisioningModule module)
        {
            _module = module;
        }

        /// <inheritdoc/>
        public string Name => "network.scan";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            string[] names = Platform.Texts.New(ProvisioningModule.MaxNetworks);
            int[] signals = new int[ProvisioningModule.MaxNetworks];
            int count = _module.Scan(names, signals);
            if (count < 0)
            {
                RpcError error = RpcError.Busy(null, "a scan takes some seconds");
                error.RetryAfter = ProvisioningModule.ScanSeconds;
                return error;
            }

            result.BeginObject();
            result.Name("networks");
            result.BeginArray();
            for (int i = 0; i < count; i++)
            {
                result.BeginObject();
                result.Member("ssid", names[i]);
                result.Member("signal", signals[i]);
                result.EndObject();
            }

            result.EndArray();
            result.EndObject();
            return null;
        }
    }
}
