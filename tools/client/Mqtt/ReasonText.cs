using System.Globalization;

namespace M2m.Client.Mqtt;

/// <summary>Says a reason code in words, with its number: of a CONNACK of 3.1.1 (section 3.2.2.3), of any packet of MQTT 5 (section 2.4).</summary>
public static class ReasonText
{
    public static string Of(int code) => string.Create(CultureInfo.InvariantCulture, $"{Words(code)} (reason {code})");

    private static string Words(int code) => code switch
    {
        1 or 0x84 => "protocol version refused",
        2 or 0x85 => "client id not valid",
        3 or 0x88 => "server unavailable",
        4 or 0x86 => "bad user name or password",
        5 or 0x87 => "not authorized",
        0x10 => "no subscriber",
        0x80 => "refused",
        0x81 => "malformed packet",
        0x82 => "protocol error",
        0x83 => "refused by this broker's own rules",
        0x89 => "server busy",
        0x8A => "banned",
        0x8C => "bad authentication method",
        0x8F => "topic filter not valid",
        0x90 => "topic not valid",
        0x95 => "packet too large",
        0x97 => "quota exceeded",
        0x99 => "payload format not valid",
        0x9A => "retained messages not supported",
        0x9B => "QoS not supported",
        0x9C => "use another server",
        0x9D => "server moved",
        0x9E => "shared subscriptions not supported",
        0x9F => "too many connections at once",
        0xA1 => "subscription identifiers not supported",
        0xA2 => "wildcard subscriptions not supported",
        _ => "refused for an unknown reason",
    };
}
