using Firmware.Json;
using Firmware.Messaging;
using Firmware.Platform;

namespace Firmware.Rules.Methods
{
    /// <summary>
    /// <c>rules.list</c>: <c>{"rules":[{"rule":"heat","state":"active","why":"temperature 18.2, below 19.5","firings":3,"since":120}]}</c>.
    /// <c>since</c> in seconds.
    /// </summary>
    internal sealed class RulesListMethod : IQuery
    {
        private readonly RuleModule _module;
        private readonly IClock _clock;

        internal RulesListMethod(RuleModule module, IClock clock)
        {
            _module = module;
            _clock = clock;
        }

        /// <inheritdoc/>
        public string Name => "rules.list";

        /// <inheritdoc/>
        public Param[] Params => Param.None;

        /// <inheritdoc/>
        public RpcError Invoke(Request request, JsonWriter result)
        {
            RuleEngine engine = _module.Engine;
            result.BeginObject();
            result.Name("rules");
            result.BeginArray();
            for (int i = 0; engine != null && i < engine.Count; i++)
            {
                int state = engine.StateOf(i);
                result.BeginObject();
                result.Member("rule", RuleCode.Name(engine.Rule(i)));
                result.Member("state", engine.IsSuspended(i) ? "suspended" : RuleEngine.StateWord(state));
                result.Member("why", engine.IsSuspended(i) ? engine.WhySuspended(i, _clock.Uptime) : engine.Why(i, state));
                result.Member("fault", engine.FaultOf(i));
                result.Member("firings", engine.FiringsOf(i));
                result.Member("since", engine.AgeOf(i, _clock.Uptime));
                result.EndObject();
            }

            result.EndArray();
            result.Member("refused", engine == null ? null : engine.Refusal);
            result.Member("unreported", _module.Unreported);
            result.EndObject();
            return null;
        }
    }
}
