using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Updates.Methods
{
    /// <summary><c>update.offer</c>: a signed manifest; the device fetches the blocks when its gates are open.</summary>
    public sealed class UpdateOfferMethod : IMethod
    {
        private readonly IUpdateControl _updates;

        /// <summary>Creates the method.</summary>
        /// <param name="updates">Takes the offer.</param>
        public UpdateOfferMethod(IUpdateControl updates)
        {
            _updates = updates;
        }

        /// <inheritdoc/>
        public string Name => "update.offer";

        /// <inheritdoc/>
        public Param[] Params => new[]
        {
            new Param("manifest", "the manifest's text"),
            new Param("signature", "base64"),
            new Param("force", "boolean: now, whatever canary, hours and delay say"),
        };

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            bool isForced = false;
            int force = request.Find("force");
            if (force != JsonReader.None)
            {
                isForced = request.Reader.KindOf(force) == JsonKind.True;
                if (!isForced && request.Reader.KindOf(force) != JsonKind.False)
                {
                    return RpcError.InvalidParams("force", "must be true or false");
                }
            }

            UpdateOffer offer = UpdateOffer.Read(request.Reader, request.Params, out RpcError error);
            return offer == null ? error : _updates.Offer(request, offer, isForced, result);
        }
    }
}
