using Firmware.Json;
using Firmware.Tests.Fakes;

namespace Firmware.Tests.HomeAssistant
{
    /// <summary>Finds what Home Assistant refuses, ignores or warns of in a discovery message, see <see cref="HomeAssistantFacts"/>.</summary>
    internal sealed class HomeAssistantCheck
    {
        private const string Trigger = "device_automation";

        private readonly JsonReader _reader = new JsonReader(4096);
        private readonly string _component;

        private HomeAssistantCheck(string component)
        {
            _component = component;
        }

        /// <summary>The first problem of a message, or null.</summary>
        public static string ProblemOf(string component, string payload)
        {
            byte[] bytes = Utf8.Bytes(payload);
            HomeAssistantCheck check = new HomeAssistantCheck(component);
            return check._reader.TryParse(bytes, 0, bytes.Length) ? check.Problem() : "no JSON";
        }

        private string Problem()
        {
            bool isTrigger = _component == Trigger;
            string own = HomeAssistantFacts.KeysOf(_component);
            if (own == null && !isTrigger)
            {
                return "component " + _component;
            }

            string keys = isTrigger ? HomeAssistantFacts.TriggerKeys : HomeAssistantFacts.EntityKeys + own;
            return KeyProblem(0, keys, HomeAssistantFacts.Abbreviations)
                ?? RequiredProblem()
                ?? DeviceProblem(Find("device"))
                ?? OriginProblem(Find("origin"))
                ?? (isTrigger ? null : ClassProblem() ?? CategoryProblem() ?? IdentityProblem())
                ?? TypesProblem()
                ?? (_component == "number" ? RangeProblem() : null);
        }

        // Each key once, in its short or in its long form.
        private string KeyProblem(int container, string keys, string abbreviations)
        {
            string seen = " ";
            for (int key = _reader.First(container); key != JsonReader.None; key = _reader.Next(key))
            {
                string name = Long(abbreviations, TextOf(key));
                if (!Has(keys, name))
                {
                    return "key " + name;
                }

                if (Has(seen, name))
                {
                    return "key twice: " + name;
                }

                seen += name + " ";
                string problem = container == 0 ? TopicProblem(name, _reader.ValueOf(key)) : null;
                if (problem != null)
                {
                    return problem;
                }
            }

            return null;
        }

        private string TopicProblem(string name, int value)
        {
            if (name != "topic" && !name.EndsWith("_topic"))
            {
                return null;
            }

            string topic = TextOf(value);
            bool isPublished = name == "command_topic";
            return topic == null || topic.Length == 0 || (isPublished && (topic.IndexOf('+') >= 0 || topic.IndexOf('#') >= 0)) ? "topic " + name : null;
        }

        private string RequiredProblem()
        {
            string[] required = HomeAssistantFacts.RequiredOf(_component).Split(' ');
            for (int i = 0; i < required.Length; i++)
            {
                if (Find(required[i]) == JsonReader.None)
                {
                    return "without " + required[i];
                }
            }

            return null;
        }

        private string DeviceProblem(int device)
        {
            if (device == JsonReader.None)
            {
                return "without device";
            }

            string problem = KeyProblem(device, HomeAssistantFacts.DeviceKeys, HomeAssistantFacts.DeviceAbbreviations);
            string id = TextOf(FindIn(device, "identifiers", HomeAssistantFacts.DeviceAbbreviations));
            return problem ?? (string.IsNullOrEmpty(id) ? "device without identifiers" : null);
        }

        private string OriginProblem(int origin)
        {
            if (origin == JsonReader.None)
            {
                return "without origin";
            }

            string problem = KeyProblem(origin, HomeAssistantFacts.OriginKeys, HomeAssistantFacts.OriginAbbreviations);
            return problem ?? (TextOf(_reader.Find(origin, "name")) == null ? "origin without name" : null);
        }

        private string ClassProblem()
        {
            string deviceClass = TextOf(Find("device_class"));
            if (_component != "sensor")
            {
                return deviceClass == null || Has(HomeAssistantFacts.ClassesOf(_component), deviceClass) ? null : "device class " + deviceClass;
            }

            string stateClass = TextOf(Find("state_class"));
            string unit = TextOf(Find("unit_of_measurement"));
            bool isKnown = deviceClass == null
                || (Has(HomeAssistantFacts.Units, deviceClass + "=" + unit) && Has(HomeAssistantFacts.StateClasses, deviceClass + "=" + stateClass));
            return isKnown && Has(HomeAssistantFacts.AllStateClasses, stateClass) ? null : "classes " + deviceClass + " " + unit + " " + stateClass;
        }

        private string CategoryProblem()
        {
            string category = TextOf(Find("entity_category"));
            bool isReadOnly = _component == "sensor" || _component == "binary_sensor";
            bool isKnown = category == null || (Has(HomeAssistantFacts.EntityCategories, category) && (!isReadOnly || category == "diagnostic"));
            return isKnown ? null : "entity category " + category;
        }

        // An entity with a device needs one, and a user cannot change one without it.
        private string IdentityProblem() => TextOf(Find("unique_id")) == null || TextOf(Find("name")) == null ? "without unique id or name" : null;

        private string TypesProblem()
        {
            int types = Find("event_types");
            if (types == JsonReader.None)
            {
                return null;
            }

            for (int type = _reader.First(types); type != JsonReader.None; type = _reader.Next(type))
            {
                if (TextOf(type) == null)
                {
                    return "event type";
                }
            }

            return _reader.KindOf(types) == JsonKind.Array && _reader.First(types) != JsonReader.None ? null : "event types";
        }

        // A number is 1 to 100 with a step of 1 unless it says else; no step may be below 0.001.
        private string RangeProblem()
        {
            long lowest = NumberOf("min", 1);
            long highest = NumberOf("max", 100);
            return lowest >= highest ? "range" : NumberOf("step", 1) < 1000 ? "step" : null;
        }

        // In millionths.
        private long NumberOf(string name, int otherwise)
        {
            int token = Find(name);
            if (token == JsonReader.None)
            {
                return otherwise * 1000000L;
            }

            _reader.TryGetFixed(token, 6, out long number);
            return number;
        }

        private int Find(string name) => FindIn(0, name, HomeAssistantFacts.Abbreviations);

        // By its short or its long form.
        private int FindIn(int container, string name, string abbreviations)
        {
            for (int key = _reader.First(container); key != JsonReader.None; key = _reader.Next(key))
            {
                if (Long(abbreviations, TextOf(key)) == name)
                {
                    return _reader.ValueOf(key);
                }
            }

            return JsonReader.None;
        }

        private string TextOf(int token)
        {
            if (token == JsonReader.None)
            {
                return null;
            }

            _reader.TryGetString(token, out string text);
            return text;
        }

        private static bool Has(string list, string entry) => list.IndexOf(" " + entry + " ") >= 0;

        private static string Long(string abbreviations, string key)
        {
            int at = abbreviations.IndexOf(" " + key + "=");
            if (at < 0)
            {
                return key;
            }

            at += key.Length + 2;
            return abbreviations.Substring(at, abbreviations.IndexOf(' ', at) - at);
        }
    }
}
