using Firmware.Json;

namespace Firmware.Messaging.Methods
{
    /// <summary><c>methods</c>: what the device can be asked for, with the params of each.</summary>
    public sealed class MethodsMethod : IQuery
    {
        private readonly IMethod[] _methods;

        /// <summary>Creates the method.</summary>
        /// <param name="methods">All methods; this one may be put in later.</param>
        public MethodsMethod(IMethod[] methods)
        {
            _methods = methods;
        }

        /// <inheritdoc/>
        public string Name => "methods";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            result.BeginObject();
            for (int i = 0; i < _methods.Length; i++)
            {
                result.Name(_methods[i].Name);
                result.BeginObject();
                Param[] known = _methods[i].Params;
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
