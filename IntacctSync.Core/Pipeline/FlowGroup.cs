using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Core.Pipeline;

/// <summary>Records of one flow that are worked off together.</summary>
internal sealed record FlowGroup(FlowName Flow, IReadOnlyList<IReadOnlyList<ReceivedEnvelope>> Records);
