namespace IntacctSync.Core.Flows.Zuper.Organizations;

internal enum MatchKind
{
    SageId,
    Name,
    Email,
}
