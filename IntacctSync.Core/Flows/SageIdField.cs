using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Flows;

/// <summary>The custom field of a Zuper module that shows the id of the counterpart.</summary>
public sealed record SageIdField(ZuperModule Module, string Label);
