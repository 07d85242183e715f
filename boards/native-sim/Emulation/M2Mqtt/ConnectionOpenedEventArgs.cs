namespace nanoFramework.M2Mqtt.Messages;

public class ConnectionOpenedEventArgs : EventArgs
{
    public ConnectionOpenedEventArgs(MqttMsgConnack connact) => Message = connact;

    public MqttMsgConnack Message { get; }
}
