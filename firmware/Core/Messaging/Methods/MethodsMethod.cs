using Firmware.Json;

namespace Firmware.Messaging.Methods
{
    /// <summary><c>methods</c>: the methods of the device, with the params of each.</summary>
    public sealed class MethodsMethod : IQuery
    {
        private const int UsualLength = 3000;

        private readonly IMethodSet _methods;

        /// <summary>Creates the method.</summary>
        /// <param name="methods">All methods.</param>
        public MethodsMethod(IMethodSet methods)
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
            result.MakeRoom(UsualLength);
            IMethod[] all = _methods.All();
            result.BeginObject();
            for (int i = 0; i < all.Length; i++)
            {
                result.Name(all[i].Name);
                result.BeginObject();
                Param[] known = all[i].Params;
                for (int j = 0; j < known.Length; j++)
                {
                    Param param = known[j];
                    result.Name(param.Name);
                    result.Constant(param.Meaning);
                }

                result.EndObject();
            }

            result.EndObject();
            return null;
        }
    }
}
