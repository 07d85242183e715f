namespace nanoFramework.M2Mqtt.Exceptions;

public class MqttTimeoutException : Exception
{
}
