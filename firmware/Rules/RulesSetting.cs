using System.Collections;
using Firmware.Json;
using Firmware.Settings;

namespace Firmware.Rules
{
    /// <summary>The rules in their order. An entry is an array of numbers, as <see cref="RuleCode"/> says.</summary>
    internal sealed class RulesSetting : SettingTable
    {
        internal RulesSetting(string name)
            : base(name, SettingEffect.Now, RuleCode.MaxRules, new object[0])
        {
        }

        /// <inheritdoc/>
        public override Setting Entry => new RuleSetting(Name);

        /// <inheritdoc/>
        public override object Create(string name) => new int[0];

        /// <inheritdoc/>
        public override string NameOf(object entry) => RuleCode.Name((int[])entry);

        /// <inheritdoc/>
        public override object Get(object entry, int member) => null;

        /// <inheritdoc/>
        public override void Set(object entry, int member, object value)
        {
        }

        /// <inheritdoc/>
        /// <remarks>All rules are judged at once, with the last of them.</remarks>
        public override int Conflict(object entry, IList entries, out string reason)
        {
            reason = null;
            if (entry == entries[entries.Count - 1])
            {
                object[] rules = new object[entries.Count];
                entries.CopyTo(rules, 0);
                RuleEngine engine = new RuleEngine(null, null);
                engine.Use(rules);
                reason = engine.TooMany;
            }

            return reason == null ? -1 : 0;
        }

        /// <summary>One rule.</summary>
        private sealed class RuleSetting : Setting
        {
            internal RuleSetting(string name)
                : base(name, SettingType.Record, SettingEffect.Now, 0, 0, null)
            {
            }

            /// <inheritdoc/>
            public override object Read(SettingsSource source, int token, string path) => new RuleReader(source).Read(token, path);

            /// <inheritdoc/>
            public override void Write(JsonWriter writer, object value, bool withSecrets) => RuleWriter.Write(writer, (int[])value);
        }
    }
}
