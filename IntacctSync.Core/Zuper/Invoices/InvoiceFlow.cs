using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Core.Zuper.SageIds;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Zuper invoices are booked in Intacct. Each step takes the invoices that are still open and concern it, adds to their
/// works what it finds out, and ends those that are done or need something else first.
/// </summary>
internal sealed class InvoiceFlow(
    IntentSettler settler,
    ZuperClient zuper,
    InvoiceBooks books,
    InvoiceCustomFields customFields,
    InvoiceCustomers customers,
    InvoiceContexts contexts,
    InvoiceAdoption adoption,
    ShownPayments shown,
    ShownInvoices shownIds,
    GoneInvoices gone,
    EarlierPayments earlier,
    InvoicesOfMerged merged,
    InvoiceWrites writes,
    InvoiceCreates creates,
    SageIdWriteBack writeBack,
    KeyMapStore keyMap,
    TimeProvider time,
    ILogger<InvoiceFlow> logger
) : IRecordFlow
{
    /// <summary>Shows the id of an invoice that is in the books, and of no other.</summary>
    internal static readonly SageIdField Field = new(ZuperModule.Invoice, InvoiceMapper.SageInvoiceId)
    {
        Applies = static entry => InvoiceHash.IsInBooks(entry.Hash),
    };

    private readonly ZuperRecords<ZuperInvoice> _reader = new(zuper.GetInvoicesAsync, zuper.GetInvoiceAsync);

    public FlowName Name => ZuperFlows.Invoices;

    public Task<IReadOnlyDictionary<string, Failure?>> RunAsync(FlowBatch batch, CancellationToken cancellationToken) =>
        RecordPass.RunAsync(
            batch,
            keyMap,
            time,
            logger,
            records => RunAsync(new InvoicePass(records, books), cancellationToken),
            cancellationToken
        );

    private async Task RunAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        await settler.SettleAsync(pass.Records, pass.Target, cancellationToken);
        await pass.Records.LeaveIgnoredAsync(cancellationToken);
        await ReadAsync(pass, cancellationToken);
        Decide(pass);
        await shownIds.LookAsync(pass, cancellationToken);
        await shown.SendForAsync(pass, pass.Open.Where(InvoiceDecision.LooksAtPayments), cancellationToken);
        await AskedInvoices.LookAsync(pass, cancellationToken);
        await earlier.SendForLinkedAsync(pass, cancellationToken);
        await gone.LookAsync(pass, cancellationToken);
        await InvoicesWithoutWrite.EndAsync(pass, cancellationToken);
        await customFields.CopyAsync(pass, cancellationToken);
        await customers.FindAsync(pass, cancellationToken);
        await contexts.FindAsync(pass, cancellationToken);
        await adoption.RunAsync(pass, cancellationToken);
        await BookedReader.ReadAsync(pass, cancellationToken);
        await earlier.SendForLinkedAsync(pass, cancellationToken);
        await merged.KeepAsync(pass, cancellationToken);
        await InvoiceReversals.PlanAsync(pass, cancellationToken);
        await InvoiceUpdates.PlanAsync(pass, cancellationToken);
        await writes.RunAsync(pass, cancellationToken);
        await creates.RunAsync(pass, cancellationToken);
        await writeBack.RunAsync(pass.Records, Field, cancellationToken);
    }

    private async Task ReadAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var works = pass.Open.Where(w => !w.Record.WriteBackOnly).ToList();
        var invoices = new Dictionary<string, ZuperInvoice>(StringComparer.Ordinal);
        await _reader.ReadAsync(
            pass.Records,
            [.. works.Select(w => w.Record)],
            invoices,
            static _ => true,
            cancellationToken
        );
        foreach (var work in works)
            work.Invoice = invoices.GetValueOrDefault(work.SourceId);
        await customFields.CarryAsync(pass, works, cancellationToken);
    }

    /// <summary>An invoice for which nothing can be decided ends, and no other one.</summary>
    private static void Decide(InvoicePass pass)
    {
        foreach (var work in pass.Open.Where(w => !w.Record.WriteBackOnly))
        {
            work.Decision = pass.Records.Guarded(
                work.SourceId,
                () => InvoiceDecision.For(work.Entry, work.Invoice, pass.Policy, work.Record.Requested)
            );
            if (work.Decision is not null)
                work.Entry = Learned(pass, work);
        }
    }

    /// <summary>
    /// The row with the invoice's number, and without a write-back that has nothing to write any more.
    /// </summary>
    private static KeyMapEntry Learned(InvoicePass pass, InvoiceWork work)
    {
        var number = IntacctText.Clean(work.Invoice?.DisplayNumber);
        var entry = pass.Records.Titled(
            work.SourceId,
            number,
            work.Invoice?.UpdatedAt,
            work.Invoice is { } invoice ? FactsOf(invoice, pass.Batch.Connection.Zuper()) : null
        );
        return Field.Settled(entry, work.Invoice);
    }

    /// <summary>What a person sees of it in the row.</summary>
    internal static RecordFacts FactsOf(ZuperInvoice invoice, ZuperConnectionSettings settings) =>
        new(
            invoice.Total,
            settings.Invoice.Currency,
            InvoiceMapper.DateOf(invoice.InvoiceDate, settings),
            PartyRecord: invoice.OrganizationUid is { } organization ? $"{ZuperFlows.Organizations}/{organization}"
                : invoice.CustomerUid is { } customer ? $"{ZuperFlows.Customers}/{customer}"
                : null
        );
}
