using Firmware.Json;

namespace Firmware.Gateway
{
    /// <content>The member <c>childrenLost</c> of the status: the names of those that do not answer; absent when all do.</content>
    internal sealed partial class Children
    {
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
