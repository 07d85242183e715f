using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Updates
{
    /// <summary>What requests may do with updates.</summary>
    public interface IUpdateControl
    {
        /// <summary>Offers an update.</summary>
        /// <param name="request">The request: who asks, and its id.</param>
        /// <param name="offer">What is offered.</param>
        /// <param name="isForced">Whether the gates that spread a rollout do not count.</param>
        /// <param name="result">Receives what becomes of it.</param>
        /// <returns>Null, or why it is refused.</returns>
        RpcError Offer(Request request, UpdateOffer offer, bool isForced, JsonWriter result);

        /// <summary>Writes where updates stand, as one object.</summary>
        /// <param name="result">Receives it.</param>
        void WriteStatus(JsonWriter result);

        /// <summary>Does what is asked.</summary>
        /// <param name="command">What.</param>
        /// <returns>Null, or why it cannot be done.</returns>
        RpcError Do(UpdateCommand command);
    }
}
