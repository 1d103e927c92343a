using System.Globalization;
using System.Text.Json;
using IntacctSync.Benchmarks.Road;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Benchmarks.ConsolePages;

/// <summary>A connection that has been at work for long: its records, its runs, and the pages that show them.</summary>
internal sealed class ConsoleState(RoadWorld world, Connection connection, TimeProvider time)
{
    public const int Records = 100_000;

    private const int Accounts = 2_000;
    private const int Batch = 200;
    private const int AtOnce = 16;
    private const int NeedEach = 20;
    private const int Causes = 30;
    private const int RunsBefore = 300;
    private const int Differences = 5_000;
    private const int OnlyAtTarget = 1_000;

    private static readonly (FlowName Flow, int Share)[] Shares =
    [
        (ZuperFlows.Organizations, 20),
        (ZuperFlows.Customers, 20),
        (ZuperFlows.Invoices, 40),
        (ZuperFlows.Products, 5),
        (ZuperFlows.Payments, 15),
    ];

    private readonly DateTimeOffset _now = time.GetUtcNow();
    private string _synced = "";
    private string _needs = "";
    private string _real = "";
    private string _compared = "";
    private string _previewed = "";

    private string Home => $"/console/connections/{connection.Id}";

    public IReadOnlyList<(string Name, string Path)> Pages =>
        [
            ("connections", "/console"),
            ("new connection", "/console/connections/new"),
            ("connection", Home),
            ("causes", $"{Home}/causes"),
            ("one cause", $"{Home}/causes?flow=invoices&code=cause-01"),
            ("records", $"{Home}/records"),
            ("records of a flow and state", $"{Home}/records?flow=invoices&state=synced"),
            ("records that need a person", $"{Home}/records?state=needsAction"),
            ("search by number", $"{Home}/records?q=INV-0012"),
            ("search by name", $"{Home}/records?q=Customer 1"),
            ("search of what is not there", $"{Home}/records?q=nothing"),
            ("search in a rare state", $"{Home}/records?q=INV-&state=dead"),
            ("record", $"{Home}/records/invoices/{_synced}"),
            ("record that needs a person", $"{Home}/records/invoices/{_needs}"),
            ("record with both sides", $"{Home}/records/organizations/{_real}?now=1"),
            ("record with candidates", $"{Home}/records/organizations/{_real}?candidates=1"),
            ("runs", $"{Home}/runs"),
            ("preview", $"{Home}/runs/{_previewed}"),
            ("comparison", $"{Home}/runs/{_compared}"),
            ("reconcile", $"{Home}/reconcile"),
            ("settings", $"{Home}/settings"),
            ("settings with lists", $"{Home}/settings?lists=1"),
            ("webhooks", $"{Home}/webhooks"),
        ];

    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        foreach (var (flow, share) in Shares)
            await StoreAsync(flow, Records / 100 * share, cancellationToken);
        await StoreRunsAsync(cancellationToken);
        _real = world.Zuper.Screens.Create(
            ZuperModules.Organization,
            new System.Text.Json.Nodes.JsonObject { ["organization_name"] = "Harbor Dental Group" }
        );
        await SaveAsync([Entry(ZuperFlows.Organizations, Records, _real)], cancellationToken);
        for (var i = 0; i < Accounts; i++)
            world.Intacct.Company.Add(
                "GLACCOUNT",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["ACCOUNTNO"] = Text(10_000 + i),
                    ["TITLE"] = $"Service Revenue of Region {i}",
                    ["ACCOUNTTYPE"] = "incomestatement",
                    ["NORMALBALANCE"] = "credit",
                }
            );
    }

    private async Task StoreAsync(FlowName flow, int count, CancellationToken cancellationToken)
    {
        if (flow == ZuperFlows.Invoices)
            (_synced, _needs) = (Id(flow, NeedEach + 1), Id(flow, NeedEach));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count).Chunk(Batch),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (numbers, token) => await SaveAsync([.. numbers.Select(n => Entry(flow, n, Id(flow, n)))], token)
        );
    }

    private async Task SaveAsync(IReadOnlyList<KeyMapEntry> entries, CancellationToken cancellationToken)
    {
        var saved = await world.Get<KeyMapStore>().SaveAsync(entries, cancellationToken);
        if (saved.Count != entries.Count)
            throw new InvalidOperationException("Some records were not stored.");
    }

    /// <summary>One in twenty needs a person, one in a hundred was given up or waits.</summary>
    private KeyMapEntry Entry(FlowName flow, int number, string id)
    {
        var at = _now.AddMinutes(-number % 40_000);
        var isInvoice = flow == ZuperFlows.Invoices || flow == ZuperFlows.Payments;
        var entry = new KeyMapEntry
        {
            Key = new SyncKey(connection.Id, flow, id),
            Title = isInvoice ? $"INV-{number:D7}" : $"Customer {number} of the Greater Harbor Region, LLC",
            TargetId = $"{flow.Value[..1].ToUpperInvariant()}{number:D8}",
            Hash = new string('h', 43),
            Fingerprints = new string('f', 600),
            Facts = isInvoice
                ? new RecordFacts(
                    12.5m * number,
                    "USD",
                    DateOnly.FromDateTime(at.Date),
                    null,
                    $"organizations/{Id(ZuperFlows.Organizations, number % 1000)}"
                )
                : null,
        }
            .Note(at, "seen", "A change was told by a webhook.")
            .Note(at, "created", $"with the id {number} (control id is-{new string('C', 40)})")
            .Note(at, "writtenBack", $"Sage id = {number}");
        for (var i = 0; i < 14; i++)
            entry = entry.Note(at.AddSeconds(i), "updated", $"total {i}.00 -> {i + 1}.00, written to Intacct.");
        return number % NeedEach == 0 ? entry.Need(at, Trouble(number / NeedEach))
            : number % 100 == 1 ? entry.Bury(at, Trouble(number))
            : number % 100 == 3 ? entry.Wait(at, at, "It waits for its customer.")
            : entry.Sync(at, "unchanged", "Both sides are equal.");
    }

    private static Problem Trouble(int number) =>
        new(
            $"cause-{number % Causes:D2}",
            $"Intacct refused it: BL03000018 The location of line {number} is not valid, since it is not one of those "
                + "that the user may see; it was looked for under its id and under its name.",
            "Write the id of a location that is active in Intacct into the location field in Zuper, or let the role of "
                + "the Intacct user see it, then retry."
        );

    private async Task StoreRunsAsync(CancellationToken cancellationToken)
    {
        var runs = world.Get<RunStore>();
        var reports = world.Get<RunReports>();
        for (var i = 0; i < RunsBefore; i++)
            await EndAsync(
                await runs.StartAsync(connection.Id, RunKinds.Poll, ZuperFlows.Invoices, cancellationToken),
                null
            );
        var preview = await runs.StartAsync(connection.Id, RunKinds.Preview, null, cancellationToken);
        var ofPreview = new PreviewReport([ZuperFlows.Invoices]);
        var some = Entry(ZuperFlows.Invoices, 1, Id(ZuperFlows.Invoices, 1));
        foreach (var kind in Enum.GetValues<RehearsedKind>())
        {
            for (var i = 0; i < 500; i++)
                ofPreview.Add(
                    ZuperFlows.Invoices,
                    new RehearsedRecord(some, some, null, []),
                    new RehearsalVerdict(kind, Trouble(i).Message, Trouble(i).Fix)
                );
        }

        await reports.AddAsync(connection.Id, preview.RunId, 0, ofPreview.Lines(), cancellationToken);
        await EndAsync(preview, ofPreview.WriteCounts());
        _previewed = preview.RunId;
        var compared = await runs.StartAsync(connection.Id, RunKinds.Reconcile, null, cancellationToken);
        await reports.AddAsync(
            connection.Id,
            compared.RunId,
            0,
            Enumerable.Range(0, Differences).Select(i => JsonSerializer.Serialize(Difference(i), PreviewReport.Json)),
            cancellationToken
        );
        await reports.AddAsync(
            connection.Id,
            RunReports.LeftOut(compared.RunId),
            0,
            Enumerable.Range(0, Differences).Select(i => JsonSerializer.Serialize(Left(i), PreviewReport.Json)),
            cancellationToken
        );
        await reports.AddAsync(
            connection.Id,
            RunReports.OnlyAtTarget(compared.RunId),
            0,
            Enumerable.Range(0, OnlyAtTarget).Select(i => JsonSerializer.Serialize(Only(i), PreviewReport.Json)),
            cancellationToken
        );
        await EndAsync(compared, JsonSerializer.Serialize(Summary(), PreviewReport.Json));
        _compared = compared.RunId;

        async Task EndAsync(Run run, string? report) =>
            await runs.ChangeAsync(
                connection.Id,
                run.RunId,
                r => r with { State = RunState.Done, Report = report, EndedAt = _now },
                cancellationToken
            );
    }

    private RecordDifference Difference(int number) =>
        new(
            "invoices",
            Id(ZuperFlows.Invoices, number),
            $"INV-{number:D7}",
            Text(number),
            DateOnly.FromDateTime(_now.Date),
            "dueDate",
            "2026-01-31",
            "2026-12-31",
            DifferenceCause.Unknown,
            "It was changed by hand in Intacct: it is '2026-12-31' there and '2026-01-31' in Zuper, as it was last "
                + "carried over.",
            "If Intacct is right, change it in Zuper, too; if not, change it back in Intacct."
        );

    private LeftOutRecord Left(int number) =>
        new(
            "invoices",
            Id(ZuperFlows.Invoices, number),
            $"INV-{number:D7}",
            DateOnly.FromDateTime(_now.Date),
            $"It is dated before the start of the sync, for reason {number % 20}."
        );

    private OnlyAtTargetRecord Only(int number) =>
        new(
            "invoices",
            Text(number),
            $"A-{number:D7} of Customer {number} of the Greater Harbor Region, LLC",
            DateOnly.FromDateTime(_now.Date),
            12.5m * number,
            "USD"
        );

    private ReconcileSummary Summary() =>
        new(
            null,
            null,
            false,
            Differences,
            [
                .. Shares.Select(s => new FlowComparisonCounts(
                    s.Flow.Value,
                    s.Share * 1000,
                    s.Share * 900,
                    s.Share * 800,
                    s.Share * 50,
                    s.Share * 50,
                    OnlyAtTarget / Shares.Length,
                    [.. Enumerable.Range(0, 20).Select(i => new LeftOutReason($"For reason {i} of {s.Flow}.", 90 - i))],
                    TargetSystem: "Intacct"
                )),
            ],
            [
                .. Enumerable
                    .Range(0, 150)
                    .Select(i => new ComparedSum(
                        "invoices",
                        DateOnly.FromDateTime(_now.Date).AddDays(-i),
                        "USD",
                        40,
                        12_345.67m + i,
                        39,
                        12_300.67m
                    )),
            ],
            200
        );

    /// <summary>An id as Zuper gives them, the same for the same number.</summary>
    private static string Id(FlowName flow, int number) =>
        $"{flow.Value.Length:D8}-0000-4000-8000-{number:D12}".ToLowerInvariant();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
