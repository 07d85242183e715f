namespace nanoFramework.M2Mqtt.Messages;

public class ConnectionClosedRequestEventArgs : EventArgs
{
    public ConnectionClosedRequestEventArgs(MqttMsgDisconnect disconnect) => Message = disconnect;

    public MqttMsgDisconnect Message { get; }
}
