namespace Firmware.Provisioning
{
    /// <summary>
    /// The texts of the page. A language is a method like that of <see cref="English"/> in a file of its own, a number, and a
    /// line in <see cref="Choose"/> and in <see cref="Text"/>.
    /// </summary>
    internal static partial class Wording
    {
        internal const int Language = 0;
        internal const int NoNetwork = 1;
        internal const int Joining = 2;
        internal const int Connecting = 3;
        internal const int Kept = 4;
        internal const int Online = 5;
        internal const int Offline = 6;
        internal const int RolledBack = 7;
        internal const int Network = 8;
        internal const int InRange = 9;
        internal const int Another = 10;
        internal const int OtherName = 11;
        internal const int Password = 12;
        internal const int KeepsStored = 13;
        internal const int Broker = 14;
        internal const int Address = 15;
        internal const int Port = 16;
        internal const int User = 17;
        internal const int Tls = 18;
        internal const int Authority = 19;
        internal const int Own = 20;
        internal const int FromFile = 21;
        internal const int Device = 22;
        internal const int DeviceName = 23;
        internal const int Interval = 24;
        internal const int Save = 25;
        internal const int Correct = 26;
        internal const int WrongSsid = 27;
        internal const int WrongPassword = 28;
        internal const int WrongHost = 29;
        internal const int WrongPort = 30;
        internal const int WrongInterval = 31;
        internal const int TooLong = 32;
        internal const int OldPage = 33;
        internal const int NotStored = 34;
        internal const int NotJoined = 35;
        internal const int NotConnected = 36;
        internal const int OnTrial = 37;
        internal const int Values = 38;
        internal const int State = 39;
        internal const int SearchAgain = 40;
        internal const int NoValue = 41;
        internal const int AskedAgain = 42;

        private const int InGerman = 1;

        /// <summary>Chooses a language.</summary>
        /// <param name="languages">What the reader understands, the best first (RFC 9110 section 12.5.4); empty for nothing known.</param>
        internal static int Choose(string languages)
        {
            string[] tags = languages.ToLower().Split(',');
            for (int i = 0; i < tags.Length; i++)
            {
                string tag = tags[i].Trim();
                if (tag.StartsWith("de"))
                {
                    return InGerman;
                }

                if (tag.StartsWith("en"))
                {
                    return 0;
                }
            }

            return 0;
        }

        /// <summary>Gives a text.</summary>
        internal static string Text(int language, int text) => language == InGerman ? German(text) : English(text);
    }
}
