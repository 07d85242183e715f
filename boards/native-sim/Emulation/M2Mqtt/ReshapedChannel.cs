using nanoFramework.M2Mqtt;

namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>The client's own channel, where a later version of the library might have it: the port does not recognize it.</summary>
internal sealed class ReshapedChannel(MqttNetworkChannel channel) : IMqttNetworkChannel
{
    public bool DataAvailable => channel.DataAvailable;

    public bool ValidateServerCertificate
    {
        get => channel.ValidateServerCertificate;
        set => channel.ValidateServerCertificate = value;
    }

    public void Connect() => channel.Connect();

    public int Send(byte[] buffer) => channel.Send(buffer);

    public int Receive(byte[] buffer) => channel.Receive(buffer);

    public int Receive(byte[] buffer, int timeout) => channel.Receive(buffer, timeout);

    public void Close() => channel.Close();

    public void Accept() => channel.Accept();
}
