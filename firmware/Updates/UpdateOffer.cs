using System;
using Firmware.Cryptography;
using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Updates
{
    /// <summary>
    /// A manifest and its signature, not verified yet: <c>{"manifest":"its text","signature":"base64"}</c> on the wire; on
    /// flash the manifest's length in two bytes (little-endian), the manifest, the signature.
    /// </summary>
    public sealed class UpdateOffer
    {
        /// <summary>Maximum bytes of an offer, on the wire and on flash.</summary>
        public const int MaxLength = 4096;

        private const int LengthField = 2;
        private const string ManifestName = "manifest";
        private const string SignatureName = "signature";

        /// <summary>The manifest's exact bytes, 1 to 3328.</summary>
        public readonly byte[] Manifest;

        /// <summary>The signature over them, 256 or 384 bytes.</summary>
        public readonly byte[] Signature;

        private UpdateOffer(byte[] manifest, byte[] signature)
        {
            Manifest = manifest;
            Signature = signature;
        }

        /// <summary>Reads an offer from the params of a request; other members are ignored.</summary>
        /// <param name="reader">Holds the request.</param>
        /// <param name="token">The params, or <see cref="JsonReader.None"/>.</param>
        /// <param name="error">What is wrong; null for a valid offer.</param>
        /// <returns>The offer; null with an error.</returns>
        public static UpdateOffer Read(JsonReader reader, int token, out RpcError error)
        {
            error = null;
            if (!reader.TryGetBytes(reader.Find(token, ManifestName), out byte[] manifest) || !IsManifest(manifest.Length))
            {
                error = RpcError.InvalidParams(ManifestName, "must be a string of at most 3328 bytes");
                return null;
            }

            byte[] signature = reader.TryGetBytes(reader.Find(token, SignatureName), out byte[] text) ? Base64.Decode(text) : null;
            if (RsaSignature.HasLength(signature))
            {
                return new UpdateOffer(manifest, signature);
            }

            error = RpcError.InvalidParams(SignatureName, "must be base64 of 256 or 384 bytes");
            return null;
        }

        /// <summary>Reads an offer from a retained message. Never throws.</summary>
        /// <param name="payload">The message, or null.</param>
        /// <param name="error">What is wrong; null for a valid offer.</param>
        /// <returns>The offer; null with an error.</returns>
        public static UpdateOffer Read(byte[] payload, out RpcError error)
        {
            JsonReader reader = new JsonReader(MaxLength);
            if (payload != null && reader.TryParse(payload, 0, payload.Length))
            {
                return Read(reader, 0, out error);
            }

            error = RpcError.ParseError(reader.Describe());
            return null;
        }

        /// <summary>Reads an offer as <see cref="ToBytes"/> wrote it. Never throws.</summary>
        /// <param name="stored">Its bytes, or null.</param>
        /// <returns>Null for bytes that are no offer.</returns>
        public static UpdateOffer Restore(byte[] stored)
        {
            if (stored == null || stored.Length < LengthField || stored.Length > MaxLength)
            {
                return null;
            }

            int length = stored[0] | stored[1] << 8;
            int rest = stored.Length - LengthField - length;
            if (!IsManifest(length) || rest <= 0)
            {
                return null;
            }

            byte[] manifest = new byte[length];
            Array.Copy(stored, LengthField, manifest, 0, length);
            byte[] signature = new byte[rest];
            Array.Copy(stored, LengthField + length, signature, 0, rest);
            return RsaSignature.HasLength(signature) ? new UpdateOffer(manifest, signature) : null;
        }

        /// <summary>The bytes to keep on flash.</summary>
        /// <returns>At most <see cref="MaxLength"/>.</returns>
        public byte[] ToBytes()
        {
            int length = Manifest.Length;
            byte[] stored = new byte[LengthField + length + Signature.Length];
            stored[0] = (byte)length;
            stored[1] = (byte)(length >> 8);
            Array.Copy(Manifest, 0, stored, LengthField, length);
            Array.Copy(Signature, 0, stored, LengthField + length, Signature.Length);
            return stored;
        }

        private static bool IsManifest(int length) => length > 0 && length <= ManifestReader.MaxLength;
    }
}
