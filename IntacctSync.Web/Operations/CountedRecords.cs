using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Web.Operations;

/// <summary>The counts of a connection's flows, and when the counting began.</summary>
public sealed record CountedRecords(IReadOnlyDictionary<FlowName, RecordCounts> ByFlow, DateTimeOffset CountedAt);
