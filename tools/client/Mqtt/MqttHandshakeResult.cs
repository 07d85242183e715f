using MQTTnet;
using MQTTnet.Formatter;

namespace M2m.Client.Mqtt;

/// <param name="Connack">The broker's answer.</param>
/// <param name="Version">The version that it answers.</param>
public sealed record MqttHandshakeResult(MqttClientConnectResult Connack, MqttProtocolVersion Version)
{
    public bool IsAccepted => Connack.ResultCode == MqttClientConnectResultCode.Success;

    /// <summary>The number on the wire. The library translates those of 3.1.1 to those of 5.</summary>
    public int Code => Version == MqttProtocolVersion.V500 ? (int)Connack.ResultCode : Connack.ResultCode switch
    {
        MqttClientConnectResultCode.UnsupportedProtocolVersion => 1,
        MqttClientConnectResultCode.ClientIdentifierNotValid => 2,
        MqttClientConnectResultCode.ServerUnavailable => 3,
        MqttClientConnectResultCode.BadUserNameOrPassword => 4,
        MqttClientConnectResultCode.NotAuthorized => 5,
        _ => (int)Connack.ResultCode,
    };
}
