namespace IntacctSync.Core.Flows.Zuper;

internal enum MatchKind
{
    SageId,
    Name,
    Email,
}
