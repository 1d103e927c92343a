using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>
/// A road to Upflow on which a history is played: rows become visible late, polls come in any order, calls fail and the
/// process dies now and then. What Intacct does where that is not known is drawn by lot for each history.
/// </summary>
internal sealed class ReceivablesRoad(int seed) : ReceivablesRoadTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(65);

    /// <summary>An item that orders name.</summary>
    internal const string Item = "VISIT";

    private readonly List<string> _differences = [];
    private StepOracle _always = null!;
    private UpflowConnectionSettings _settings = null!;
    private UpflowConnectionSettings _now = null!;

    internal override IntacctSimulatorOptions IntacctOptions { get; } = Options(new Random(seed));

    internal override UpflowSimulatorOptions UpflowOptions { get; } = UpflowByLot(new Random(seed));

    /// <summary>Whether payments that are taken in Upflow are posted in Intacct; in every other history.</summary>
    internal bool TakesReceipts { get; } = seed % 2 == 0;

    /// <summary>
    /// Whether everything comes to rest after each step, and both sides are compared then; in every fifth history.
    /// </summary>
    internal bool IsCalm { get; } = seed % 5 == 0;

    /// <summary>Whether the company has a tax solution; in every seventh history.</summary>
    internal bool KnowsTax { get; } = seed % 7 == 0;

    /// <summary>Whether invoices carry their PDF; in every third history.</summary>
    internal bool CarriesPdfs { get; } = seed % 3 == 0;

    /// <summary>
    /// Whether the first documents and payments are older than the connection, and are carried over by runs of the
    /// documents alone; in every fourth history.
    /// </summary>
    private bool HasPast { get; } = seed % 4 == 3;

    /// <summary>So many steps are older than the connection then.</summary>
    private const int Past = 16;

    internal bool IsShadow => _now.Mode == SyncMode.Shadow;

    internal override LogLevel Logged => LogLevel.Warning;

    /// <summary>The customers of the history.</summary>
    public IReadOnlyList<string> CustomerIds { get; } = ["C1", "C2", "C3"];

    /// <summary>How often both sides were compared.</summary>
    public int Comparisons { get; private set; }

    /// <summary>How often they were equal after one poll of what has just happened.</summary>
    public int Prompt { get; private set; }

    public static async Task<HistoryOutcome> PlayAsync(int seed, IReadOnlyList<ReceivablesStep> steps)
    {
        var road = new ReceivablesRoad(seed);
        await road.InitializeAsync();
        try
        {
            return await road.PlayToTheEndAsync(steps);
        }
        finally
        {
            await road.DisposeAsync();
        }
    }

    /// <summary>Reads some of the feeds, in any order; what is found may be worked off or wait.</summary>
    internal async Task PollSomeAsync(Random random)
    {
        Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 15)));
        foreach (var flow in UpflowFlows.All.Select(f => f.Name).OrderBy(_ => random.Next()).Take(random.Next(1, 6)))
        {
            await Process.Get<Poller>().TickAsync([flow], Clock.GetUtcNow(), Forever);
            if (random.Next(2) == 0)
                await RestAsync(TimeSpan.FromMinutes(random.Next(1, 10)));
        }
    }

    /// <summary>
    /// A person has all records of a flow carried over, or those that changed since some hours ago; what is found may
    /// be worked off, or wait with what was read.
    /// </summary>
    internal async Task BackfillSomeAsync(Random random)
    {
        var flow = UpflowFlows.All[random.Next(UpflowFlows.All.Count)].Name;
        var connection = await ConnectionAsync();
        if (!connection.Settings.Syncs(flow))
            return;
        DateTimeOffset? since = random.Next(3) == 0 ? Clock.GetUtcNow().AddHours(-random.Next(1, 12)) : null;
        await Process.Get<Backfill>().StartAsync(connection, flow, since, requested: true, Forever);
        if (random.Next(2) == 0)
            await Process.WorkAsync(this, Forever);
        else
            await RestAsync(TimeSpan.FromMinutes(random.Next(1, 10)));
    }

    /// <summary>A person changes a setting, while things are under way.</summary>
    internal Task ChangeSomeSettingsAsync(Random random) => SetAsync(SettingsDoing.Change(_settings, random));

    private async Task SetAsync(UpflowConnectionSettings settings)
    {
        if (settings == _now)
            return;
        var wasShadow = IsShadow;
        await ChangeSettingsAsync(_ => settings);
        _now = settings;
        if (IsShadow && !wasShadow)
            _always.BeginShadow();
    }

    /// <summary>The process reads all feeds and dies on the way; another one takes its place.</summary>
    internal async Task DieAsync(int step)
    {
        await RestartAsync(new CrashSwitch { At = step });
        try
        {
            Clock.Advance(TimeSpan.FromMinutes(15));
            await Process.Get<Poller>().TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
            await RestAsync(TimeSpan.FromMinutes(20));
        }
        catch (OperationCanceledException) when (Process.Crash.Dead)
        {
            // The next life begins.
        }

        await RestartAsync();
    }

    /// <summary>
    /// Polls once what has just happened, as soon as it is visible, and compares both sides. Where they are not equal
    /// yet, as something is tried again after a while or a person must decide, it lets everything come to rest.
    /// </summary>
    private async Task SettleAsync()
    {
        await MendAsync();
        Clock.Advance(IntacctOptions.VisibilityDelay + TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(15));
        if (new ReceivablesOracle(this).Differences().Count > 0)
        {
            await BeQuietAsync();
            return;
        }

        Comparisons++;
        Prompt++;
    }

    private async Task MendAsync()
    {
        Upflow.Faults.Clear();
        Intacct.Faults.Clear();
        await SetAsync(_settings);
    }

    /// <summary>Lets everything come to rest, and compares both sides.</summary>
    internal async Task BeQuietAsync()
    {
        await MendAsync();
        IReadOnlyList<string> found = [];
        for (var round = 0; round < 5; round++)
        {
            Clock.Advance(Patience);
            await Process.Get<Poller>().TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
            await RestAsync(TimeSpan.FromHours(2));
            var decided = TakesReceipts && await DecideAsync(round);
            found = new ReceivablesOracle(this).Differences();
            if (found.Count == 0 && !decided)
                break;
        }

        Comparisons++;
        _differences.AddRange(found);
        if (found.Count > 0)
            _differences.AddRange(await OpenEndsAsync(all: true));
    }

    /// <summary>
    /// A person tries again what could not be posted, as a setting may have been wrong, or was left out, as it was
    /// taken before receipts were switched on again, and then decides about the
    /// payments that were taken in Upflow and still can't be, as an invoice was paid on both sides at the same time, or
    /// was deleted in Intacct: they are paid back, and what stood in their way is tried again.
    /// </summary>
    private async Task<bool> DecideAsync(int round)
    {
        var page = await Process.Get<RecordQuery>().ListAsync(Id, UpflowFlows.Receipts, null, null, null, 200, Forever);
        var leftOut = page
            .Items.Where(e => e.State == RecordState.Skipped && PortalDoing.IsLeft(this, e.Key.SourceId))
            .ToList();
        foreach (var receipt in leftOut.Where(_ => round == 0))
            await Process
                .Get<PersonRequests>()
                .RetryAsync(await ConnectionAsync(), UpflowFlows.Receipts, receipt.Key.SourceId, Forever);
        if (round > 0)
            await SayOtherMoneyAsync();
        var asked = page
            .Items.Where(e =>
                e.State == RecordState.NeedsAction
                || leftOut.Contains(e)
                || (e.State == RecordState.Pending && Upflow.Screens.Unlinked("payments", e.Key.SourceId) > 0)
            )
            .ToList();
        if (asked.Count + leftOut.Count == 0)
            return false;
        foreach (var receipt in asked.Where(_ => round > 0))
            new PortalDoing(this).PayBack(receipt.Key.SourceId);
        await Process.Get<PersonRequests>().RetryAllAsync(await ConnectionAsync(), null, null, Forever);
        await RestAsync(TimeSpan.FromHours(2));
        return true;
    }

    /// <summary>A person says of each payment that may have been taken in Upflow that it is other money.</summary>
    private async Task SayOtherMoneyAsync()
    {
        var page = await Process
            .Get<RecordQuery>()
            .ListAsync(Id, UpflowFlows.Payments, RecordState.NeedsAction, null, null, 200, Forever);
        foreach (var payment in page.Items.Where(e => e.Problem?.Code == "payment-may-be-taken"))
            await Process
                .Get<PersonRequests>()
                .RetryAsync(await ConnectionAsync(), UpflowFlows.Payments, payment.Key.SourceId, Forever);
        await RestAsync(TimeSpan.FromHours(1));
    }

    /// <summary>
    /// The connection is a shadow while there is something to do in both directions: a deposit, and in the portal a
    /// payment and a refund.
    /// </summary>
    private async Task BeShadowAsync()
    {
        await MendAsync();
        await RestAsync(TimeSpan.FromMinutes(30));
        await SetAsync(_settings with { Mode = SyncMode.Shadow });
        if (CustomerIds.FirstOrDefault(IsActive) is { } customer)
            Intacct.Screens.Deposit(customer, 10);
        new PortalDoing(this, "shadow_").Enter("payInPortal", new Random(seed));
        new PortalDoing(this).Enter("refundInPortal", new Random(seed));
        Clock.Advance(IntacctOptions.VisibilityDelay + TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(30));
        _differences.InsertRange(0, _always.Violations());
    }

    private bool IsActive(string customer) =>
        Intacct.Company.Record("CUSTOMER", customer)?.GetValueOrDefault("STATUS") == "active";

    private async Task<HistoryOutcome> PlayToTheEndAsync(IReadOnlyList<ReceivablesStep> steps)
    {
        Intacct.Company.Add(
            "ITEM",
            Fields(("ITEMID", Item), ("NAME", "Visit"), ("ITEMTYPE", "Non-Inventory (Sales only)"), ("BASEUOM", "Each"))
        );
        foreach (var id in CustomerIds)
            Intacct.Screens.AddCustomer(id, $"Customer {id}", $"{id.ToLowerInvariant()}@harbor.example");
        var doing = new ReceivablesDoing(this);
        var past = HasPast ? steps.Take(Past).ToList() : [];
        _always = new StepOracle(this);
        foreach (var step in past)
        {
            // What was so before the connection may still be seen by it, as rows become visible late.
            doing.DoInIntacct(step);
            _always.Remember();
        }

        if (HasPast)
            Clock.Advance(TimeSpan.FromHours(6));
        await ConnectUpflowAsync(s =>
            _settings = s with
            {
                StartDate = HasPast ? new DateOnly(2026, 1, 1) : s.StartDate,
                SyncPdfs = CarriesPdfs,
                SyncReceipts = TakesReceipts,
                Receipts = TakesReceipts ? new ReceiptSettings { BankAccountId = "BANK" } : s.Receipts,
            }
        );
        _now = _settings;
        if (HasPast)
            await BackfillAsync(UpflowFlows.Customers, UpflowFlows.Invoices, UpflowFlows.CreditNotes);
        foreach (var step in steps.Skip(past.Count))
        {
            await doing.DoAsync(step);
            if (IsCalm)
                await SettleAsync();
            _differences.InsertRange(0, _always.Violations());
            if (_differences.Count > 0)
                return new HistoryOutcome(_differences, Comparisons, Prompt, 0, doing.Done);
        }

        await BeShadowAsync();
        if (_differences.Count > 0)
            return new HistoryOutcome(_differences, Comparisons, Prompt, 0, doing.Done);
        await BeQuietAsync();
        if (_differences.Count == 0)
            _differences.AddRange(await OpenEndsAsync());
        var writes = Upflow.Counters.Writes;
        await PollAsync();
        if (Upflow.Counters.Writes != writes)
        {
            _differences.Add(
                $"A second pass over unchanged data made {Upflow.Counters.Writes - writes} writes: "
                    + string.Join("; ", Upflow.Journal.Entries.TakeLast(6).Select(e => e.Summary))
            );
            _differences.AddRange(await OpenEndsAsync(all: true));
        }

        return new HistoryOutcome(_differences, Comparisons, Prompt, writes, doing.Done);
    }

    /// <summary>
    /// The stories of records that need a person, or came to no end, although all is well; or of all.
    /// </summary>
    private async Task<IReadOnlyList<string>> OpenEndsAsync(bool all = false)
    {
        var ends = new List<string>();
        foreach (var flow in UpflowFlows.All.Select(f => f.Name))
        {
            var page = await Process.Get<RecordQuery>().ListAsync(Id, flow, null, null, null, 200, Forever);
            ends.AddRange(
                page.Items.Where(e => all || e.State is not (RecordState.Synced or RecordState.Skipped))
                    .Select(e =>
                        $"{e.Key} is {e.State}: {e.Parts} {e.Problem} "
                        + string.Join("; ", e.Timeline.TakeLast(6).Select(t => $"{t.At:HH:mm} {t.What} {t.Detail}"))
                    )
            );
        }

        return ends;
    }

    private static UpflowSimulatorOptions UpflowByLot(Random random) =>
        new()
        {
            SampleData = false,
            RequestsPerMinute = 0,
            UpsertReplaces = random.Next(2) == 0,
            CreatedStatus = random.Next(2) == 0 ? 200 : 201,
            ListsNewestFirst = random.Next(2) == 0,
            LinkedDeleteRefused = random.Next(2) == 0,
            RefundFreesLinks = random.Next(2) == 0,
            AmountBelowLinksRefused = random.Next(2) == 0,
            UnknownSideStatus = random.Next(2) == 0 ? 404 : 400,
        };

    private static IntacctSimulatorOptions Options(Random random) =>
        new()
        {
            SampleData = false,
            Companies =
            [
                SimulatedCompany.Sandbox with
                {
                    MultiCurrency = true,
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal)
                    {
                        ["JPY"] = 0.0067m,
                        ["KWD"] = 3.25m,
                        ["EUR"] = 1.1m,
                    },
                },
            ],
            PaymentsTouchInvoices = random.Next(2) == 0,
            ApplicationsTouchCredits = random.Next(2) == 0,
            AdvancesAmongPayments = random.Next(2) == 0,
            PaymentTotalsCountCredits = random.Next(2) == 0,
            DiscountsInOwnDetail = random.Next(2) == 0,
            ReversalsTouchPayments = random.Next(2) == 0,
            VisibilityDelay = random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(random.Next(1, 20)),
            CreditsNamedAsPosted = random.Next(2) == 0,
        };
}

/// <summary>How a history ended.</summary>
/// <param name="Differences">Between the two sides; empty where both are equal.</param>
/// <param name="Comparisons">How often they were compared.</param>
/// <param name="Prompt">How often they were equal after one poll, in histories that settle after each step.</param>
/// <param name="Writes">How often Upflow was written to.</param>
/// <param name="Done">How often each thing was done.</param>
internal sealed record HistoryOutcome(
    IReadOnlyList<string> Differences,
    int Comparisons,
    int Prompt,
    int Writes,
    IReadOnlyDictionary<string, int> Done
);
