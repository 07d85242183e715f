using Firmware.Platform;
using Firmware.Updates;

namespace Firmware.Tests.Fakes
{
    /// <summary>A whole device with slots for updates, and a test that plays operator and server of blocks.</summary>
    public sealed class UpdateRig
    {
        public const string Settings = "{'interval':10,'update':{'delay':0}}";
        public const string Get = "/update/get";

        private const string Own = "m2m/esp32-020000000001/";
        private const int MaxBlocks = 100;

        private static int s_requests;

        public UpdateRig(MemoryStorage storage, FakeSlots slots, string settings, string wakeCause, int adcMillivolts)
            : this(storage, slots, settings, wakeCause, adcMillivolts, true)
        {
        }

        public UpdateRig(MemoryStorage storage, FakeSlots slots, string settings, string wakeCause, int adcMillivolts, bool hasReadings)
        {
            Slots = slots;
            Rig = new DeviceRig(storage, settings, wakeCause, adcMillivolts, new Module[] { new UpdateModule(slots, new[] { null, Release.Key }, Digest) });
            Rig.Slot76.Sensor.Answers = hasReadings;
            Rig.Device.Start();
            Rig.Device.Step();
        }

        public DeviceRig Rig { get; }

        public FakeSlots Slots { get; }

        public CountingDigest Digest { get; } = new CountingDigest();

        public FakeLink Link => Rig.Link;

        public ManualClock Clock => Rig.Clock;

        /// <summary>How often the device has asked for a block.</summary>
        public int Gets => Link.CountOf(Get);

        /// <summary>Its last request for a block, with ' for "; null before.</summary>
        public string LastGet => Gets == 0 ? null : Quotes.Single(Link.Last(Get).Text);

        /// <summary>A device that is online.</summary>
        public static UpdateRig Online() => Online(Settings);

        public static UpdateRig Online(string settings) => Online(settings, new FakeSlots());

        public static UpdateRig Online(string settings, FakeSlots slots)
        {
            UpdateRig rig = new UpdateRig(new MemoryStorage(), slots, settings, "power-on", 0);
            rig.Rig.GoOnline();
            return rig;
        }

        /// <summary>A device that has accepted 0.2.0 and has asked for its first block.</summary>
        public static UpdateRig Downloading()
        {
            UpdateRig rig = Online();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            return rig;
        }

        /// <summary>A device that runs 0.2.0 on trial, after a whole update; not online yet.</summary>
        public static UpdateRig OnTrial() => OnTrial(true);

        /// <summary>Likewise; its sensor may fail.</summary>
        public static UpdateRig OnTrial(bool hasReadings) => OnTrial(true, hasReadings);

        /// <summary>Likewise; the sensor may have failed before.</summary>
        public static UpdateRig OnTrial(bool hadReadings, bool hasReadings)
        {
            UpdateRig rig = new UpdateRig(new MemoryStorage(), new FakeSlots(), Settings, "power-on", 0, hadReadings);
            rig.Rig.GoOnline();
            rig.Offer(Release.Two);
            rig.Rig.Settle();
            rig.Finish(Release.Two);
            rig.Slots.Boot();
            return new UpdateRig(rig.Rig.Storage, rig.Slots, null, "restart", 0, hasReadings);
        }

        /// <summary>The device after a power cut or a restart, as its loader starts it; not online yet.</summary>
        public UpdateRig Restarted() => Restarted("power-on");

        public UpdateRig Restarted(string wakeCause)
        {
            Slots.Boot();
            return new UpdateRig(Rig.Storage, Slots, null, wakeCause, 0);
        }

        /// <summary>Calls a method; params may be null.</summary>
        /// <returns>The last answer, with ' for "; empty without one.</returns>
        public string Call(string method, string parameters)
        {
            int id = ++s_requests;
            string request = "{'jsonrpc':'2.0','id':" + id + ",'method':'" + method + "'" + (parameters == null ? string.Empty : ",'params':" + parameters) + "}";
            return Quotes.Single(Rig.Ask(request) ?? string.Empty);
        }

        public string Call(string method) => Call(method, null);

        public string Offer(Release release) => Call("update.offer", release.Offer);

        public string Force(Release release) => Call("update.offer", "{" + release.Members + ",'force':true}");

        public string Status() => Call("update.status");

        /// <summary>Publishes an offer to all boards of this kind.</summary>
        public void OfferToAll(Release release) => OfferToAll(SingleQuoted.Bytes(release.Offer));

        public void OfferToAll(byte[] payload) => Send("m2m/update/test-board/manifest", payload, true);

        /// <summary>Sends a block of a release.</summary>
        public void Serve(Release release, int block) => Serve(release.Version, block, release.Block(block));

        /// <summary>Sends any bytes as a block.</summary>
        public void Serve(string version, int block, byte[] bytes) => Send(Own + "update/block/" + Level(version) + "/" + block, bytes, false);

        /// <summary>Sends a block that the broker had kept.</summary>
        public void ServeRetained(Release release, int block) => Send(Own + "update/block/" + Level(release.Version) + "/" + block, release.Block(block), true);

        /// <summary>Answers what the device asks for until it asks no more.</summary>
        public void Finish(Release release)
        {
            int answered = -1;
            for (int i = 0; i < MaxBlocks && answered != Gets; i++)
            {
                answered = Gets;
                Serve(release, Wanted());
            }

            // Verified step by step, reported, and restarted.
            Rig.Run(5000);
        }

        /// <summary>Number of the block that was asked for last.</summary>
        public int Wanted()
        {
            const string Name = "'block':";
            string get = LastGet;
            char[] digits = get.Substring(get.IndexOf(Name) + Name.Length).ToCharArray();
            int number = 0;
            for (int i = 0; digits[i] >= '0' && digits[i] <= '9'; i++)
            {
                number = (number * 10) + digits[i] - '0';
            }

            return number;
        }

        /// <summary>How many events of updates there were with a state.</summary>
        public int Events(string state) => Link.CountIn("/event", "\"type\":\"update\",\"state\":\"" + state + "\"");

        /// <summary>The last event of that state, with ' for "; null without one.</summary>
        public string Event(string state)
        {
            for (int i = Link.CountOf("/event") - 1; i >= 0; i--)
            {
                string text = Quotes.Single(Link.Find("/event", i).Text);
                if (text.IndexOf("'type':'update','state':'" + state + "'") >= 0)
                {
                    return text;
                }
            }

            return null;
        }

        /// <summary>States of all events of updates, in their order.</summary>
        public string Story()
        {
            const string Begin = "'type':'update','state':'";
            string story = string.Empty;
            for (int i = 0; i < Link.CountOf("/event"); i++)
            {
                string text = Quotes.Single(Link.Find("/event", i).Text);
                int at = text.IndexOf(Begin);
                if (at >= 0)
                {
                    string rest = text.Substring(at + Begin.Length);
                    story += (story.Length == 0 ? string.Empty : " ") + rest.Substring(0, rest.IndexOf("'"));
                }
            }

            return story;
        }

        // As a level of a topic a version has dashes for dots.
        private static string Level(string version)
        {
            char[] level = version.ToCharArray();
            for (int i = 0; i < level.Length; i++)
            {
                level[i] = level[i] == '.' ? '-' : level[i];
            }

            return new string(level);
        }

        private void Send(string topic, byte[] payload, bool isRetained)
        {
            Rig.Inbox.Post(new LinkEvent(LinkEventKind.Message, Link.Attempt) { Topic = topic, Payload = payload, IsRetained = isRetained });
            Rig.Settle();
        }
    }
}
