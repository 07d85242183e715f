using System.Text.RegularExpressions;

namespace Scenarios.Protocol;

/// <summary>A channel of the document.</summary>
internal sealed record ContractChannel(string Key, Regex Address, bool IsSent, IReadOnlyList<ContractMessage> Messages);
