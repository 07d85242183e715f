using System;
using Firmware.Json;
using Firmware.Platform;

namespace Firmware.Updates
{
    /// <summary>
    /// What has to survive a restart of an update: which one is under way and who asked for it, how the last one ended. A small
    /// file, written when an update is accepted, installed and ended, and when an offer was refused.
    /// </summary>
    public sealed class UpdateRecord
    {
        private const string File = "update";
        private const int MaxLength = 1024;

        /// <summary>Version of the last update; null when there was none.</summary>
        public string Version { get; set; }

        /// <summary>Whether its blocks are still to be fetched.</summary>
        public bool IsUnderWay { get; set; }

        /// <summary>Whether the gates that spread a rollout do not count.</summary>
        public bool IsForced { get; set; }

        /// <summary>Whether the image on trial has to measure: the one before did.</summary>
        public bool NeedsReading { get; set; }

        /// <summary>How it ended: a number of LwM2M (object 5, resource 5), 0 while it has not.</summary>
        public int Result { get; set; }

        /// <summary>Why, in words; null when there is nothing to say.</summary>
        public string Reason { get; set; }

        /// <summary>Version that somebody went back from: it is taken again when it is asked for, not when it is offered to all.</summary>
        public string Left { get; set; }

        /// <summary>Whether nobody has answered when blocks were asked for: no battery is spent on it until somebody does.</summary>
        public bool IsUnserved { get; set; }

        /// <summary>Id of the request that began it, as JSON; null for none.</summary>
        public byte[] RequestId { get; set; }

        /// <summary>Who asked; null for nobody.</summary>
        public string From { get; set; }

        /// <summary>Names the retained offer that was refused last; null for none. It comes again at every connection.</summary>
        public string Refused { get; set; }

        /// <summary>Reads the record; what cannot be read is as if there had been no update.</summary>
        /// <param name="storage">Keeps it.</param>
        /// <returns>The record.</returns>
        public static UpdateRecord Load(IStorage storage)
        {
            UpdateRecord record = new UpdateRecord();
            byte[] content = storage.Read(File);
            JsonReader reader = new JsonReader(MaxLength);
            if (content != null && content.Length <= MaxLength && reader.TryParse(content, 0, content.Length))
            {
                record.Version = Text(reader, "version");
                record.IsUnderWay = IsTrue(reader, "underWay");
                record.IsForced = IsTrue(reader, "force");
                record.NeedsReading = IsTrue(reader, "needsReading");
                record.Result = reader.TryGetInt64(reader.Find(0, "result"), out long result) && result >= 0 && result <= UpdateResult.Deferred ? (int)result : 0;
                record.Reason = Text(reader, "reason");
                record.From = Text(reader, "from");
                record.Refused = Text(reader, "refused");
                record.Left = Text(reader, "left");
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
        /// <param name="storage">Keeps it.</param>
        /// <returns>False when that failed.</returns>
        public bool Save(IStorage storage)
        {
            JsonWriter writer = new JsonWriter(128, MaxLength);
            writer.BeginObject();
            writer.Member("version", Version);
            Write(writer, "underWay", IsUnderWay);
            Write(writer, "force", IsForced);
            Write(writer, "needsReading", NeedsReading);
            writer.Name("result");
            writer.Number(Result);
            writer.Member("reason", Reason);
            writer.Member("refused", Refused);
            writer.Member("left", Left);
            Write(writer, "unserved", IsUnserved);
            WriteAsker(writer);
            writer.EndObject();
            return !writer.IsTooLong && storage.Replace(File, writer.ToArray());
        }

        /// <summary>Writes who began the update, as members.</summary>
        /// <param name="writer">Receives them.</param>
        public void WriteAsker(JsonWriter writer)
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
