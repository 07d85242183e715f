using Firmware.Json;
using Firmware.Telemetry;

namespace Firmware.Gateway
{
    /// <content>What is said of them: events, and the member <c>childrenLost</c> of the status, absent when all answer.</content>
    internal sealed partial class Children
    {
        /// <summary>A write is over.</summary>
        /// <param name="child">The child.</param>
        /// <param name="at">The channel's place in its layout.</param>
        /// <param name="value">The value.</param>
        /// <param name="reason">Why it failed; null when it has not.</param>
        internal void Written(int child, int at, int value, string reason)
        {
            byte[] layout = Rules[child].Layout;
            string channel = ReadingGroup.NameOf(layout, at);
            bool isNew = ((ChildOutputs)Device.AllOutputs).End(child, at, reason == null);
            if (reason != null)
            {
                if (isNew)
                {
                    Report(child, channel + ": not written: " + reason);
                }

                Device.NotifyInput(Device.Clock.Uptime);
                return;
            }

            int index = Layouts.CountOf(layout, at);
            Frame.PutInt(Values, (First[child] + index) * ReadingGroup.ValueLength, value);
            Masks[child] |= 1 << index;
            Device.Events.Add("child-written", "channel", Rules[child].Name + "_" + channel, null);
            Plan(child, 0, Device.Clock.Uptime); // its values are of before
        }

        /// <summary>A fault of the child as an event.</summary>
        internal void Report(int child, string reason) => Device.Events.Add("child-fault", "child", Rules[child].Name, reason);

        /// <summary>An exception in words.</summary>
        internal static string ExceptionText(int code) => code == NoAnswer ? "no answer" : code == NoFix ? "no fix" : "exception " + code + (code == 1 ? ": function not supported"
            : code == 2 ? ": no such register" : code == 3 ? ": value not allowed" : code == 4 ? ": device failure"
            : code == 6 ? ": busy" : string.Empty);

        // A fault comes, stays or goes.
        private void Change(int child, int fault)
        {
            int code = fault & NoAnswer;
            int mask = Masks[child];
            bool wasFaulty = (mask & Faults) != 0;
            bool wasLost = IsLost(child);
            Masks[child] = (mask & (AllChannels | Misses)) | (code << FaultShift);
            if (wasLost)
            {
                Lost--;
                Device.Presence.Refresh();
            }

            if (wasLost || (wasFaulty && code == 0))
            {
                Device.Events.Add("child-recovered", "child", Rules[child].Name, null);
            }

            // Once, until there is none: one that is busy now and then would say so with each poll.
            if (code != 0 && !wasFaulty)
            {
                byte[] layout = Rules[child].Layout;
                int at = 0;
                for (int index = fault >> CodeBits; index > 0; index--)
                {
                    at += layout[at];
                }

                Report(child, ReadingGroup.NameOf(layout, at) + ": " + ExceptionText(code));
            }
        }

        /// <inheritdoc/>
        public string Name => Lost == 0 ? null : "childrenLost";

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer)
        {
            writer.BeginArray();
            for (int i = 0; i < Rules.Length; i++)
            {
                if (IsLost(i))
                {
                    writer.String(Rules[i].Name);
                }
            }

            writer.EndArray();
        }
    }
}
