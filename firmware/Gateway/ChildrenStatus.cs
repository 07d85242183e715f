using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Gateway
{
    /// <summary>The member <c>childrenLost</c> of the status: the names of those that do not answer; absent when all do.</summary>
    internal sealed class ChildrenStatus : IStatusMember
    {
        private readonly Children _children;

        internal ChildrenStatus(Children children)
        {
            _children = children;
        }

        /// <inheritdoc/>
        public string Name => _children.Lost == 0 ? null : "childrenLost";

        /// <inheritdoc/>
        public void WriteTo(JsonWriter writer)
        {
            writer.BeginArray();
            for (int i = 0; i < _children.Rules.Length; i++)
            {
                if (_children.IsLost(i))
                {
                    writer.String(_children.Rules[i].Name);
                }
            }

            writer.EndArray();
        }
    }
}
