using Firmware.Json;

namespace Firmware.Diagnostics
{
    /// <summary>The boot record as JSON.</summary>
    internal static class BootText
    {
        /// <summary>Writes the members that <see cref="BootRecord.WriteTo"/> names.</summary>
        /// <param name="writer">Receives them.</param>
        /// <param name="run">This run.</param>
        /// <param name="last">The run before, or null.</param>
        internal static void Write(JsonWriter writer, BootContent run, BootContent last)
        {
            Write(writer, "stage", NameOf(run.Stage));
            if (last != null && last.Wake.Length > 0)
            {
                Write(writer, "lastStage", NameOf(last.Stage));
                Write(writer, "previousWakeCause", last.Wake);
                writer.Name("cleanShutdown");
                writer.Boolean(last.End.Length > 0);
                Write(writer, "lastEnd", last.End);
            }

            Write(writer, "crashLoopCount", run.Starts);
            Write(writer, "knownGoodRevision", run.GoodRevision);
            if (run.FailedBoot > 0)
            {
                writer.Name("exception");
                writer.BeginObject();
                Write(writer, "type", run.FailedType);
                Write(writer, "message", run.FailedMessage);
                Write(writer, "where", run.FailedWhere);
                Write(writer, "boot", run.FailedBoot);
                Write(writer, "uptime", run.FailedUptime);
                writer.EndObject();
            }
        }

        private static string NameOf(int stage)
        {
            switch ((BootStage)stage)
            {
                case BootStage.Starting:
                    return "starting";
                case BootStage.Sensors:
                    return "sensors";
                case BootStage.Joined:
                    return "joined";
                case BootStage.Online:
                    return "online";
                default:
                    return "stable";
            }
        }

        private static void Write(JsonWriter writer, string name, int value)
        {
            writer.Member(name, value);
        }

        private static void Write(JsonWriter writer, string name, string value)
        {
            if (value.Length > 0)
            {
                writer.Name(name);
                writer.String(value);
            }
        }
    }
}
