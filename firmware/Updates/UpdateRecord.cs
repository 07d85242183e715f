using System;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Telemetry;

namespace Firmware.Updates
{
    /// <summary>
    /// What of an update survives a restart: the version in progress, the client that offered it, how the last one ended. A
    /// small file, written when an update is accepted, installed and ended.
    /// </summary>
    public sealed class UpdateRecord
    {
        private const string File = "update";
        private const int MaxLength = 1024;

        /// <summary>Version of the last update; null when there was none.</summary>
        public string Version;

        /// <summary>Whether it has not ended yet.</summary>
        public bool IsInProgress;

        /// <summary>Whether the gates that spread a rollout are open.</summary>
        public bool IsForced;

        /// <summary>Whether the image on trial needs a reading: the one before had one.</summary>
        public bool NeedsReading;

        /// <summary>How it ended.</summary>
        public UpdateResult Result;

        /// <summary>Why it ended, for people; null without a reason.</summary>
        public string Reason;

        /// <summary>Version that a client reverted: it is taken again by request only, not from the offer to all. Null for none.</summary>
        public string Reverted;

        /// <summary>Whether no server sends blocks: a device that sleeps neither connects nor stays awake for them.</summary>
        public bool IsUnserved;

        /// <summary>Id of the request that offered it, as JSON; null for none.</summary>
        public byte[] RequestId;

        /// <summary>Client that offered it; null for none.</summary>
        public string From;

        /// <summary>Digest of the retained offer that was refused or cancelled last; null for none. The broker sends it again for each connection.</summary>
        public string Refused;

        /// <summary>Reads the record. Without a readable file there was no update.</summary>
        /// <param name="storage">Holds the file.</param>
        /// <returns>A new record.</returns>
        public static UpdateRecord Load(IStorage storage)
        {
            UpdateRecord record = new UpdateRecord();
            byte[] content = CheckedFile.Read(storage, File);
            JsonReader reader = new JsonReader(MaxLength);
            if (content != null && content.Length <= MaxLength && reader.TryParse(content, 0, content.Length))
            {
                record.Version = Text(reader, "version");
                record.IsInProgress = IsTrue(reader, "inProgress");
                record.IsForced = IsTrue(reader, "force");
                record.NeedsReading = IsTrue(reader, "needsReading");
                bool isResult = reader.TryGetInt64(reader.Find(0, "result"), out long result) && result >= 0 && result <= (int)UpdateResult.Deferred;
                record.Result = isResult ? (UpdateResult)(int)result : UpdateResult.Initial;
                record.Reason = Text(reader, "reason");
                record.From = Text(reader, "from");
                record.Refused = Text(reader, "refused");
                record.Reverted = Text(reader, "reverted");
                record.IsUnserved = IsTrue(reader, "unserved");
                int id = reader.Find(0, "request");
                if (id != JsonReader.None && (reader.KindOf(id) == JsonKind.String || reader.KindOf(id) == JsonKind.Number))
                {
                    record.RequestId = new byte[reader.LengthOf(id)];
                    Array.Copy(content, reader.StartOf(id), record.RequestId, 0, record.RequestId.Length);
                }
            }

            reader.Clear();
            return record;
        }

        /// <summary>Writes the record.</summary>
        /// <param name="storage">Holds the file.</param>
        /// <returns>False when flash did not take it.</returns>
        public bool Save(IStorage storage)
        {
            JsonWriter writer = new JsonWriter(128, MaxLength);
            writer.BeginObject();
            writer.Member("version", Version);
            Write(writer, "inProgress", IsInProgress);
            Write(writer, "force", IsForced);
            Write(writer, "needsReading", NeedsReading);
            writer.Member("result", (long)Result);
            writer.Member("reason", Reason);
            writer.Member("refused", Refused);
            writer.Member("reverted", Reverted);
            Write(writer, "unserved", IsUnserved);
            WriteClient(writer);
            writer.EndObject();
            return !writer.IsTooLong && CheckedFile.Replace(storage, File, writer.ToArray());
        }

        /// <summary>Writes the members <c>request</c> and <c>from</c>, if a request offered the update.</summary>
        /// <param name="writer">Receives them.</param>
        public void WriteClient(JsonWriter writer)
        {
            if (RequestId != null)
            {
                writer.Name("request");
                writer.Raw(RequestId, 0, RequestId.Length);
                writer.Member("from", From);
            }
        }

        private static void Write(JsonWriter writer, string name, bool value)
        {
            if (value)
            {
                writer.Name(name);
                writer.Boolean(true);
            }
        }

        private static string Text(JsonReader reader, string name) => reader.TryGetString(reader.Find(0, name), out string text) ? text : null;

        private static bool IsTrue(JsonReader reader, string name)
        {
            int token = reader.Find(0, name);
            return token != JsonReader.None && reader.KindOf(token) == JsonKind.True;
        }
    }
}
