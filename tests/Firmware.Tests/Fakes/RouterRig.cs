using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Tests.Fakes
{
    /// <summary>A router with one method, "count", that is asked in single-quoted JSON.</summary>
    public sealed class RouterRig
    {
        public RouterRig()
            : this(new CountingOnce())
        {
        }

        public RouterRig(CountingMethod method)
        {
            Method = method;
            Router = new RequestRouter(new FixedMethods(Method), Clock, Counters);
        }

        public ManualClock Clock { get; } = new ManualClock();

        public Counters Counters { get; } = new Counters();

        public CountingMethod Method { get; }

        public RequestRouter Router { get; }

        /// <summary>Who got the last response; null when nobody did.</summary>
        public string Client { get; private set; }

        /// <summary>Seconds over which the last response must be spread.</summary>
        public int Spread { get; private set; }

        /// <summary>Whether requests come with MQTT's DUP flag.</summary>
        public bool IsDuplicate { get; set; }

        /// <summary>Asks as a group is asked.</summary>
        public string AskGroup(string request) => Ask(SingleQuoted.Bytes(request), false, true);

        /// <summary>Asks, and says what was answered; null when nothing was.</summary>
        public string Ask(string request) => Ask(SingleQuoted.Bytes(request), false);

        public string Ask(byte[] request, bool isRetained) => Ask(request, isRetained, false);

        public string Ask(byte[] request, bool isRetained, bool isGroup) => Ask(request, isRetained, isGroup, false);

        /// <summary>Asks as one who may only view.</summary>
        public string Query(string request) => Ask(SingleQuoted.Bytes(request), false, false, true);

        private string Ask(byte[] request, bool isRetained, bool isGroup, bool isQuery)
        {
            Response response = Router.Handle(request, isRetained, isGroup, isQuery, IsDuplicate);
            Client = response == null ? null : response.Client;
            Spread = response == null ? 0 : response.Spread;
            return response == null ? null : Utf8.Text(response.Payload);
        }

        /// <summary>Asks for "count" with an id.</summary>
        public string Count(string id) => Ask(SingleQuoted.Bytes(Request(id)), false);

        /// <summary>Asks for "count" with further members.</summary>
        public string CountWith(string members) => Ask("{'jsonrpc':'2.0','id':1,'method':'count'," + members + "}");

        /// <summary>The error code of an response, 0 when it holds none or is not JSON.</summary>
        public static int CodeOf(string response)
        {
            JsonReader reader = new JsonReader(8192);
            byte[] bytes = Utf8.Bytes(response);
            if (!reader.TryParse(bytes, 0, bytes.Length))
            {
                return 0;
            }

            int error = reader.Find(0, "error");
            return error != JsonReader.None && reader.TryGetInt64(reader.Find(error, "code"), out long code) ? (int)code : 0;
        }

        private static string Request(string id) => "{'jsonrpc':'2.0','id':" + id + ",'method':'count'}";
    }
}
