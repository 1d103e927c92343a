using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Review;

/// <summary>
/// Asks Intacct for the address under which it shows a record to people. Each look costs a transaction.
/// </summary>
/// <remarks>
/// RECORD_URL is a field of every object of the web services (developer.intacct.com, the lookups of CUSTOMER and
/// ARINVOICE): a permanent address that holds a key of Intacct's own, so it can't be made from an id.
/// </remarks>
public sealed class IntacctAddresses(ConnectionAccessSource access, IntacctClient client, LeasedReading turn)
{
    private const string Field = "RECORD_URL";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>Null where Intacct does not show the record, or tells no address of its own.</returns>
    /// <exception cref="CompanyBusyException">The sync is at the company.</exception>
    /// <exception cref="Exception">Intacct could not be read.</exception>
    public async Task<Uri?> FindAsync(Connection connection, IntacctPlace place, CancellationToken cancellationToken)
    {
        using var purpose = TransactionPurpose.Enter(TransactionPurpose.Other);
        var credentials = await access.GetIntacctAsync(connection, cancellationToken);
        var query = new IntacctQuery(place.Object, [Field])
        {
            Filter = QueryFilter.EqualTo(place.Field, place.Key),
            PageSize = 1,
        };
        return await turn.WithAsync(
            connection.Company,
            Patience,
            async () =>
            {
                await foreach (var page in client.QueryPagesAsync(credentials, query, cancellationToken))
                    return page.Records is [var record, ..] ? Own(record[Field]) : null;
                return null;
            },
            cancellationToken
        );
    }

    /// <summary>Only a page of Intacct itself is gone to, whatever an answer says. Pure.</summary>
    internal static Uri? Own(string? address) =>
        Uri.TryCreate(address?.Trim(), UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && uri.UserInfo.Length == 0
        && uri.Host.EndsWith(".intacct.com", StringComparison.OrdinalIgnoreCase)
            ? uri
            : null;
}
