using Firmware.Json;
using Firmware.Messaging;
using Firmware.Telemetry;

namespace Firmware.Gateway.Methods
{
    /// <summary>
    /// <c>children.list</c>: each child with the values of its last poll:
    /// <c>{"children":[{"name":"meter1","age":4,"values":{"voltage":229.9,"current":null}}]}</c>; <c>lost</c> is true of one
    /// that does not answer; one that sends text has counts beside. When not all fit, <c>next</c> is what to give as <c>after</c> for the rest.
    /// </summary>
    internal sealed class ChildrenListMethod : IQuery
    {
        // A child of 16 channels with long names takes 700 bytes; the answer may have 4096.
        private const int FullLength = 3200;

        private readonly GatewayModule _module;

        internal ChildrenListMethod(GatewayModule module)
        {
            _module = module;
        }

        /// <inheritdoc/>
        public string Name => "children.list";

        /// <inheritdoc/>
        public Param[] Params => new[] { new Param("after", "name of a child: those behind it; default all") };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            Children children = _module.Children;
            int count = children == null ? 0 : children.Rules.Length;
            int i = 0;
            int after = request.Find("after");
            if (after != JsonReader.None)
            {
                request.Reader.TryGetString(after, out string name);
                while (i < count && children.Rules[i].Name != name)
                {
                    i++;
                }

                if (i++ == count)
                {
                    return RpcError.InvalidParams("after", "must be the name of a child");
                }
            }

            string last = null;
            result.BeginObject();
            result.Name("children");
            result.BeginArray();
            for (int full = result.PageSize(FullLength); i < count && result.Length < full; i++)
            {
                last = children.Rules[i].Name;
                byte[] layout = children.Rules[i].Layout;
                int mask = children.Masks[i];
                result.BeginObject();
                result.Member("name", last);
                if (children.AnsweredAt[i] != 0)
                {
                    result.Member("age", (children.Device.Clock.Uptime - (children.AnsweredAt[i] * 1000L)) / 1000);
                }

                if (children.IsLost(i))
                {
                    result.Name("lost");
                    result.Boolean(true);
                }

                _module.Protocol.WriteStatus(result);
                result.Name("values");
                result.BeginObject();
                int value = children.First[i];
                for (int at = 0; at < layout.Length; at += layout[at], mask >>= 1, value++)
                {
                    result.Name(ReadingGroup.NameOf(layout, at));
                    if ((mask & 1) != 0)
                    {
                        result.Fixed(children.ValueOf(value), layout[at + ReadingGroup.DecimalsAt]);
                    }
                    else
                    {
                        result.Null();
                    }
                }

                result.EndObject();
                result.EndObject();
            }

            result.EndArray();
            if (i < count)
            {
                result.Member("next", last);
            }

            result.EndObject();
            return null;
        }
    }
}
