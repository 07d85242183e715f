using System;
using System.Reflection;
using Firmware.Platform;

namespace Boards.Esp32
{
    /// <summary>
    /// HMAC-SHA256 of the runtime, where the deployment has the package nanoFramework.System.Security.Cryptography. It is looked
    /// for by name, so that a runtime without its native code starts all the same: the firmware then computes it itself.
    /// </summary>
    public sealed class NativeDigest : IKeyedDigest
    {
        private const string TypeName = "System.Security.Cryptography.HMACSHA256";
        private const string MethodName = "HashData";

        private readonly MethodInfo _hash;

        private NativeDigest(MethodInfo hash)
        {
            _hash = hash;
        }

        /// <summary>Looks for it.</summary>
        /// <returns>Null when it is not deployed, or does not work.</returns>
        public static NativeDigest Find()
        {
            try
            {
                Type type = Type.GetType(TypeName);
                MethodInfo hash = type == null ? null : type.GetMethod(MethodName, new Type[] { typeof(byte[]), typeof(byte[]) });
                if (hash == null)
                {
                    return null;
                }

                NativeDigest digest = new NativeDigest(hash);
                return digest.HmacSha256(new byte[1], new byte[1]).Length == 32 ? digest : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        /// <inheritdoc/>
        public byte[] HmacSha256(byte[] key, byte[] data) => (byte[])_hash.Invoke(null, new object[] { key, data });
    }
}
