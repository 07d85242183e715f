using Firmware.Json;

namespace Firmware.Messaging.Methods
{
    /// <summary><c>methods</c>: what the device can be asked for, with the params of each.</summary>
    public sealed class MethodsMethod : IQuery
    {
        /// <summary>All methods. Set when they are known.</summary>
        public IMethod[] All;

        /// <summary>Creates the method.</summary>
        /// <param name="methods">All methods; null until they are known.</param>
        public MethodsMethod(IMethod[] methods)
        {
            All = methods;
        }

        /// <inheritdoc/>
        public string Name => "methods";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            result.BeginObject();
            for (int i = 0; i < All.Length; i++)
            {
                result.Name(All[i].Name);
                result.BeginObject();
                Param[] known = All[i].Params;
                for (int j = 0; j < known.Length; j++)
                {
                    result.Name(known[j].Name);
                    result.String(known[j].Meaning);
                }

                result.EndObject();
            }

            result.EndObject();
            return null;
        }
    }
}
