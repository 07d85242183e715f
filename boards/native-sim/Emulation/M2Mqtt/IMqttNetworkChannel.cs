namespace nanoFramework.M2Mqtt;

public interface IMqttNetworkChannel
{
    bool DataAvailable { get; }

    bool ValidateServerCertificate { get; set; }

    int Receive(byte[] buffer);

    int Receive(byte[] buffer, int timeout);

    int Send(byte[] buffer);

    void Close();

    void Connect();

    void Accept();
}
