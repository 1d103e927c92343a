namespace IntacctSync.Core.Intacct.Queries;

/// <summary>Makes one query call with this filter and this order, all ascending.</summary>
internal delegate Task<PageAnswer> ReadPage(QueryFilter? filter, IReadOnlyList<string> order, CancellationToken ct);
