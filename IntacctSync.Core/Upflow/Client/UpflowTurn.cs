using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>
/// What a write says of itself. No two writes about one customer are under way at the same time (docs.upflow.io,
/// Integrating with the Upflow API).
/// </summary>
/// <param name="Customer">The customer that it is about, by its CUSTOMERID.</param>
/// <param name="Priority">Whose share of the organisation's requests it uses.</param>
public sealed record UpflowTurn(string Customer, RequestPriority Priority);
