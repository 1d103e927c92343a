using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Detection;

/// <summary>Reads the lists of Zuper's modules, as far as detecting changes needs them.</summary>
public sealed class ZuperLists(ZuperClient zuper, TimeProvider time)
{
    /// <summary>The end of every window: late enough that nothing leaves the window while it is read.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(365);

    internal static string Begin(DateTimeOffset? since) =>
        JsonSerializer.Serialize(new ListPosition(since, PageSize: ListPosition.BackfillPage));

    /// <summary>A step of a backfill.</summary>
    internal async Task<BackfillChunk> ReadChunkAsync(
        FlowName flow,
        ZuperAccount account,
        string bookmark,
        int size,
        CancellationToken cancellationToken
    )
    {
        var position = JsonSerializer.Deserialize<ListPosition>(bookmark)!;
        var page = await ReadAsync(flow, account, position, position.PageToRead, cancellationToken);
        var (taken, next) = position.Take(page, size);
        return new BackfillChunk(
            taken,
            next is null ? null : JsonSerializer.Serialize(next),
            position.Ahead(page, taken.Count)
        );
    }

    /// <summary>
    /// A page, each record with when it changed. The rows of some modules do not say that, so their details are asked
    /// for.
    /// </summary>
    internal async Task<ZuperPage<SeenRecord>> ReadWithTimesAsync(
        FlowName flow,
        ZuperAccount account,
        ListPosition position,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var page = await ReadAsync(flow, account, position, pageSize, cancellationToken);
        var untold = page.Items.Where(s => s.UpdatedAt is null).Select(s => s.Uid).ToList();
        if (flow != ZuperFlows.Customers || untold.Count == 0)
            return page;
        var details = await DetailsAsync(account, untold, cancellationToken);
        return page with
        {
            Items =
            [
                .. page.Items.Select(s =>
                    s with
                    {
                        UpdatedAt = s.UpdatedAt ?? details.GetValueOrDefault(s.Uid)?.UpdatedAt,
                    }
                ),
            ],
        };
    }

    private async Task<ZuperPage<SeenRecord>> ReadAsync(
        FlowName flow,
        ZuperAccount account,
        ListPosition position,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var page = await PageAsync(flow, account, position, pageSize, cancellationToken);
        if (position.BeforePage is not { } last || page.Items.Any(s => s.Uid == last))
            return page;
        var before = position with { Page = (position.Page - 1) * pageSize };
        return page with
        {
            HasMoved = ZuperPage.HasMoved(
                await PageAsync(flow, account, before, 1, cancellationToken),
                s => s.Uid == last
            ),
        };
    }

    private async Task<ZuperPage<SeenRecord>> PageAsync(
        FlowName flow,
        ZuperAccount account,
        ListPosition position,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var window = position.From is { } from ? new ZuperWindow(from, time.GetUtcNow() + Ahead) : null;
        return flow.Value switch
        {
            "organizations" => Seen(
                await zuper.ListOrganizationsAsync(
                    account,
                    window,
                    position.Page,
                    pageSize,
                    position.Deleted,
                    RequestPriority.Bulk,
                    cancellationToken
                )
            ),
            "customers" => Seen(
                await zuper.ListCustomersAsync(
                    account,
                    window,
                    position.Page,
                    pageSize,
                    position.Deleted,
                    RequestPriority.Bulk,
                    cancellationToken
                )
            ),
            "invoices" => Seen(
                await zuper.ListInvoicesAsync(
                    account,
                    window,
                    position.Page,
                    pageSize,
                    position.Deleted,
                    RequestPriority.Bulk,
                    cancellationToken
                )
            ),
            _ => throw new InvalidOperationException($"The flow '{flow}' is not read from Zuper."),
        };
    }

    private async Task<IReadOnlyDictionary<string, ZuperCustomer>> DetailsAsync(
        ZuperAccount account,
        IReadOnlyCollection<string> uids,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await zuper.GetCustomersAsync(account, uids, RequestPriority.Bulk, cancellationToken);
        }
        catch (ZuperPartialReadException<ZuperCustomer> e)
        {
            // Those that could not be read are taken to have changed.
            return e.Found;
        }
    }

    private static ZuperPage<SeenRecord> Seen<T>(ZuperPage<T> page)
        where T : ZuperRecord =>
        new([.. page.Items.Select(r => new SeenRecord(r.Uid, r.UpdatedAt))], page.Number, page.TotalRecords);
}
