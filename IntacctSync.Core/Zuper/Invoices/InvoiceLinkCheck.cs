using System.Globalization;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Looks at both sides before a person's link of an invoice is taken. A linked invoice is kept equal from then on, so a
/// wrong id would change or reverse somebody else's invoice.
/// </summary>
internal sealed class InvoiceLinkCheck(
    InvoiceBooks books,
    ZuperClient zuper,
    KeyMapStore keyMap,
    CompanyLeases leases,
    TimeProvider time
)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private const int Looks = 20;

    /// <summary>Whether an invoice may be linked to that counterpart, and what the counterpart's id is.</summary>
    /// <param name="connection">Whose invoice.</param>
    /// <param name="sourceId">Its uid in Zuper.</param>
    /// <param name="targetId">A RECORDNO, a document's id or an invoice number.</param>
    /// <param name="access">Gives what both systems are called with.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<LinkCheck> CheckAsync(
        Connection connection,
        string sourceId,
        string targetId,
        ConnectionAccessSource access,
        CancellationToken cancellationToken
    )
    {
        if (await AcquireAsync(connection.Company, cancellationToken) is not { } lease)
            return LinkCheck.Refused(
                "Intacct is busy with this company, so the invoice can't be looked at: try again in a minute."
            );
        await using (lease)
            return await LookAsync(connection, sourceId, targetId, access, cancellationToken);
    }

    private async Task<LinkCheck> LookAsync(
        Connection connection,
        string sourceId,
        string targetId,
        ConnectionAccessSource access,
        CancellationToken cancellationToken
    )
    {
        var batch = new FlowBatch(connection, await access.GetAsync(connection, cancellationToken), []);
        if (
            await zuper.GetInvoiceAsync(batch.Access.Zuper(), sourceId, RequestPriority.Live, cancellationToken)
            is not { IsDeleted: false } invoice
        )
            return LinkCheck.Refused($"Zuper has no invoice {sourceId}: link the uid of one that is not deleted.");
        var found = await FindAsync(batch, targetId, cancellationToken);
        if (found.Count == 0)
            return LinkCheck.Refused(
                $"Intacct has no invoice '{targetId}': give the RECORDNO, the document's id or the number of one that "
                    + "is there."
            );
        if (found is [_, _, ..])
            return LinkCheck.Refused(
                $"'{targetId}' fits several invoices in Intacct: give the RECORDNO of the right one, one of "
                    + $"{string.Join(", ", found.Select(f => f.TargetId).Order(StringComparer.Ordinal))}."
            );
        var objection = Judge(
            found[0],
            await CustomerAsync(batch, invoice, cancellationToken),
            AmountOf(invoice, connection.Zuper()),
            connection.Zuper().Invoice.Currency
        );
        return new LinkCheck(objection is null ? found[0].TargetId : null, objection);
    }

    /// <summary>An invoice that has the text as its id goes before those that have it as their number.</summary>
    private async Task<IReadOnlyList<BookedInvoice>> FindAsync(
        FlowBatch batch,
        string targetId,
        CancellationToken cancellationToken
    )
    {
        var byId = await books.ByIdAsync(batch, [targetId], cancellationToken);
        return byId.Count > 0 ? [.. byId.Values] : await books.ByNumberAsync(batch, [targetId], cancellationToken);
    }

    /// <summary>Pure.</summary>
    private static string? Judge(BookedInvoice booked, string? customerId, decimal? amount, string? currency)
    {
        var which = string.Create(
            CultureInfo.InvariantCulture,
            $"'{booked.TargetId}' is invoice {booked.Number} of customer {booked.CustomerId}, "
                + $"{InvoiceMatchProblems.Sum(booked, currency)}"
        );
        return booked switch
        {
            { State: BookedState.Reversed or BookedState.Draft } =>
                $"{which}, and is {(booked.State == BookedState.Draft ? "a draft" : "reversed")}: link one "
                    + $"that is posted.",
            _ when customerId is null =>
                $"{which}; which customer the invoice in Zuper is for is not known yet: have its organization "
                    + $"or customer synced or linked first.",
            _ when !string.Equals(booked.CustomerId, customerId, StringComparison.OrdinalIgnoreCase) =>
                $"{which}; the one in Zuper is for customer {customerId}: link one of that customer's.",
            _ when !booked.IsIn(currency) =>
                $"{which}; the one in Zuper is in {currency ?? booked.BaseCurrency}: link one of that currency.",
            _ when booked.Total != amount => string.Create(
                CultureInfo.InvariantCulture,
                $"{which}; the one in Zuper comes to {amount:0.00}: link one of that amount, or make the "
                    + $"amounts the same first."
            ),
            _ => null,
        };
    }

    private async Task<string?> CustomerAsync(
        FlowBatch batch,
        ZuperInvoice invoice,
        CancellationToken cancellationToken
    )
    {
        var organization = invoice.OrganizationUid;
        if (organization is null && invoice.CustomerUid is { } customer)
        {
            if ((await RowAsync(batch, ZuperFlows.Customers, customer, cancellationToken))?.AttachedTo is { } own)
                return own;
            organization = (
                await zuper.GetCustomerAsync(batch.Access.Zuper(), customer, RequestPriority.Live, cancellationToken)
            )?.OrganizationUid;
        }

        return organization is null
            ? null
            : (await RowAsync(batch, ZuperFlows.Organizations, organization, cancellationToken))?.TargetId;
    }

    private Task<KeyMapEntry?> RowAsync(
        FlowBatch batch,
        FlowName flow,
        string sourceId,
        CancellationToken cancellationToken
    ) => keyMap.GetAsync(new SyncKey(batch.Connection.Id, flow, sourceId), cancellationToken);

    internal static decimal? AmountOf(ZuperInvoice invoice, ZuperConnectionSettings settings) =>
        InvoiceMapper.Map(invoice, settings) is Mapped<InvoiceDraft>.Document mapped ? mapped.Value.Total
        : invoice.Total is { } total ? InvoiceReading.Rounded(total)
        : null;

    private async Task<CompanyLease?> AcquireAsync(CompanyId company, CancellationToken cancellationToken)
    {
        for (var look = 0; look < Looks; look++)
        {
            if (await leases.TryAcquireAsync(company, cancellationToken) is { } lease)
                return lease;
            await Task.Delay(LookAgain, time, cancellationToken);
        }

        return null;
    }
}
