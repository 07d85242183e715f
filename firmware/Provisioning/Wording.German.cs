namespace Firmware.Provisioning
{
    /// <content>The texts in German.</content>
    internal static partial class Wording
    {
        private static string German(int text)
        {
            switch (text)
            {
                case Language: return "de";
                case NoNetwork: return "Noch ist kein Netz eingestellt.";
                case Joining: return "Das Netz wird verbunden …";
                case Connecting: return "Netz verbunden. Der Broker wird verbunden …";
                case Kept: return "Online. Die Einstellungen bleiben. Dieser Zugangspunkt schließt jetzt.";
                case Online: return "Online.";
                case Offline: return "Nicht online: ";
                case RolledBack: return "Mit den neuen Einstellungen ging es nicht; es gelten die vorigen.";
                case Network: return "Netz";
                case InRange: return "Netze in Reichweite";
                case Another: return "ein anderes, unten genannt";
                case OtherName: return "Name eines verborgenen Netzes";
                case Password: return "Passwort";
                case KeepsStored: return "Leer lassen, um das Gespeicherte zu behalten.";
                case Broker: return "Broker (MQTT)";
                case Address: return "Adresse";
                case Port: return "Port";
                case User: return "Benutzername";
                case Tls: return "Verschlüsselt (TLS)";
                case Authority: return "Zertifikat der Stelle (PEM)";
                case Own: return "Zertifikat und Schlüssel des Geräts (PEM)";
                case FromFile: return "oder aus einer Datei";
                case Device: return "Gerät";
                case DeviceName: return "Name";
                case Interval: return "Sekunden zwischen Messungen";
                case Save: return "Speichern und probieren";
                case Correct: return "Nichts wurde gespeichert. Bitte die markierten Felder berichtigen.";
                case WrongSsid: return "muss 1 bis 31 Bytes lang sein";
                case WrongPassword: return "muss 8 bis 63 Zeichen lang sein, oder leer für ein offenes Netz";
                case WrongHost: return "muss ein Name oder eine Adresse ohne Leerzeichen sein";
                case WrongPort: return "muss 1 bis 65535 sein";
                case WrongInterval: return "muss 1 bis 86400 sein";
                case TooLong: return "ist zu lang oder kein Text";
                case OldPage: return "Diese Seite ist veraltet. Bitte noch einmal speichern.";
                case NotStored: return "wurde nicht gespeichert. ";
                case NotJoined: return "nicht verbunden: Name und Passwort prüfen";
                case NotConnected: return "nahm die Verbindung nicht an. Grund (englisch): ";
                case OnTrial: return "Andere Einstellungen werden erprobt. Danach noch einmal speichern.";
                case Values: return "Messwerte";
                case State: return "Zustand";
                case SearchAgain: return "Neu suchen";
                case AskedAgain: return "bitte neu eingeben: Netz oder TLS ist neu";
                default: return "kein Wert";
            }
        }
    }
}
