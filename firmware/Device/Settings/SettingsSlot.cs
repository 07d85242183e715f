using System;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Settings
{
    /// <summary>
    /// One of the two places where settings are stored. Layout, integers little-endian: "SET", version 1; state; 4 bytes
    /// revision; 4 bytes CRC-32 of the settings file that was imported last; JSON; 4 bytes CRC-32 of all before.
    /// </summary>
    internal sealed class SettingsSlot
    {
        private const int Magic = 0x01544553; // "SET", 1
        private const int StateAt = 4;
        private const int RevisionAt = 5;
        private const int ImportedAt = 9;
        private const int JsonAt = 13;
        private const int Room = 256; // bytes by which settings may grow without taking memory twice
        private const byte Confirmed = (byte)'C';
        private const byte Trial = (byte)'T';

        /// <summary>Whether the settings are not confirmed yet.</summary>
        internal readonly bool IsOnTrial;

        /// <summary>Greater in what was stored later.</summary>
        internal readonly int Revision;

        /// <summary>CRC-32 of the settings file that was imported last.</summary>
        internal readonly int Imported;

        /// <summary>The settings as <see cref="SettingsText"/> writes them.</summary>
        internal readonly byte[] Json;

        private SettingsSlot(byte[] content, int length)
        {
            IsOnTrial = content[StateAt] == Trial;
            Revision = Frame.GetInt(content, RevisionAt);
            Imported = Frame.GetInt(content, ImportedAt);
            Json = new byte[length - JsonAt];
            Array.Copy(content, JsonAt, Json, 0, Json.Length);
        }

        /// <summary>Reads a slot; null when it is not whole.</summary>
        internal static SettingsSlot Read(IStorage storage, string name, out bool isDamaged)
        {
            byte[] file = storage.Read(name);
            int length = CheckedFile.LengthOf(file);
            bool isSlot = length >= JsonAt && Frame.GetInt(file, 0) == Magic && Frame.GetInt(file, RevisionAt) > 0;
            isDamaged = file != null && !isSlot;
            return isSlot ? new SettingsSlot(file, length) : null;
        }

        /// <summary>Writes a slot in one step; false when storage refuses, or the settings are too long.</summary>
        /// <param name="storage">Receives the slot.</param>
        /// <param name="name">Which slot.</param>
        /// <param name="onTrial">Whether the settings are not confirmed yet.</param>
        /// <param name="revision">Their revision.</param>
        /// <param name="imported">CRC-32 of the settings file that was imported last.</param>
        /// <param name="settings">The settings.</param>
        /// <param name="length">Bytes that the last slot took, about; those of this one.</param>
        internal static bool Write(IStorage storage, string name, bool onTrial, int revision, int imported, DeviceSettings settings, ref int length)
        {
            // One array from the text to the file: there may be little memory.
            byte[] head = new byte[JsonAt];
            Frame.PutInt(head, 0, Magic);
            head[StateAt] = onTrial ? Trial : Confirmed;
            Frame.PutInt(head, RevisionAt, revision);
            Frame.PutInt(head, ImportedAt, imported);
            JsonWriter writer = SettingsText.Write(settings, head, length + Room);
            if (writer == null)
            {
                return false;
            }

            length = writer.Length;
            byte[] file = CheckedFile.Seal(writer.Buffer, length);
            writer.Release();
            return storage.Replace(name, file);
        }
    }
}
