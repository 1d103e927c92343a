using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Links;

/// <summary>So much of a document that is to be linked.</summary>
internal sealed record LinkSide(UpflowDocument Document, long Amount);
