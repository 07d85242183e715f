using System;
using Firmware.Json;
using Firmware.Messaging;
using Firmware.Tests.Fakes;
using Firmware.Updates;

namespace Firmware.Tests.Updates
{
    /// <summary>Offers as they come.</summary>
    internal static class Offers
    {
        /// <summary>A retained message.</summary>
        internal static byte[] Payload(string manifest, string signature)
        {
            JsonWriter writer = new JsonWriter(64, UpdateOffer.MaxLength);
            writer.BeginObject();
            writer.Name("manifest");
            writer.String(manifest);
            writer.Name("signature");
            writer.String(Convert.ToBase64String(Hex.Bytes(signature)));
            writer.EndObject();
            return writer.ToArray();
        }

        internal static UpdateOffer Of(string manifest, string signature) =>
            UpdateOffer.Read(Payload(manifest, signature), out RpcError _);
    }
}
