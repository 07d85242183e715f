namespace Firmware.Provisioning
{
    /// <content>The texts in English.</content>
    internal static partial class Wording
    {
        private static string English(int text)
        {
            switch (text)
            {
                case Language: return "en";
                case NoNetwork: return "No network is set yet.";
                case Joining: return "Joining the network …";
                case Connecting: return "Joined. Connecting to the broker …";
                case Kept: return "Online. The settings are kept. This access point closes now.";
                case Online: return "Online.";
                case Offline: return "Not online: ";
                case RolledBack: return "The new settings did not work, so those before are in use.";
                case Network: return "Network";
                case InRange: return "Networks in range";
                case Another: return "another one, named below";
                case OtherName: return "Name of a hidden network";
                case Password: return "Password";
                case KeepsStored: return "Leave empty to keep what is stored.";
                case Broker: return "Broker (MQTT)";
                case Address: return "Address";
                case Port: return "Port";
                case User: return "User name";
                case Tls: return "Encrypted (TLS)";
                case Authority: return "Certificate of the authority (PEM)";
                case Own: return "Certificate and key of the device (PEM)";
                case FromFile: return "or from a file";
                case Device: return "Device";
                case DeviceName: return "Name";
                case Interval: return "Seconds between measurements";
                case Save: return "Save and try";
                case Correct: return "Nothing was saved. Correct the marked fields.";
                case WrongSsid: return "must be 1 to 31 bytes long";
                case WrongPassword: return "must be 8 to 63 characters long, or empty for an open network";
                case WrongHost: return "must be a name or address without spaces";
                case WrongPort: return "must be 1 to 65535";
                case WrongInterval: return "must be 1 to 86400";
                case TooLong: return "is too long, or no text";
                case OldPage: return "This page is out of date. Save again.";
                case NotStored: return "could not be stored. ";
                case NotJoined: return "was not joined: check name and password";
                case NotConnected: return "did not accept the connection: ";
                case OnTrial: return "Other settings are being tried. Save again when that has ended.";
                case Values: return "Measured values";
                case State: return "State";
                case SearchAgain: return "Search again";
                case AskedAgain: return "must be typed again: network or TLS is new";
                default: return "no value";
            }
        }
    }
}
