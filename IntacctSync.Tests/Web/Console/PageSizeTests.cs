using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Web.Console;

/// <summary>
/// Each page stays small however much there is: many records of many causes, with the longest names and texts.
/// </summary>
public sealed class PageSizeTests : ConsoleTest
{
    private const int MostBytes = 100 * 1024;
    private const int Causes = 14;
    private const int OfEach = 6;
    private const int OfOne = 45;
    private const string SignIn = "/console/sign-in";

    private static readonly string LongName = string.Concat(Enumerable.Repeat("شركة الاختبار ", 8))[..100];
    private static readonly string LongText = string.Concat(
        Enumerable.Repeat("Intacct refused it, since 'location' \"999\" is <not> valid & was looked for. ", 20)
    );

    private IEndpointRouteBuilder _routes = null!;

    [Fact]
    public async Task No_page_is_over_100_KB_however_much_there_is()
    {
        (await PutAsync()).Is(201);
        for (var cause = 0; cause < Causes; cause++)
        {
            var problem = new Problem($"cause-{cause:D2}", LongText, $"{LongText}{cause}");
            for (var i = 0; i < (cause == 3 ? OfOne : OfEach); i++)
                await RememberAsync(
                    $"o-{cause:D2}-{i:D2}-0000-4000-8000-000000000000",
                    e => Told(e).Need(At.AddMinutes(cause), problem with { Fix = $"{i} {problem.Fix}" })
                );
        }

        var (preview, comparison) = (await PreviewAsync(), await ComparisonAsync());
        for (var i = 0; i < 60; i++)
            await Get<RunStore>().StartAsync(Acme, RunKinds.Backfill, ZuperFlows.Organizations, CancellationToken.None);
        var paths = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["/console/sign-in"] = [SignIn],
            ["/console/"] = ["/console"],
            ["/console/connections/new"] = ["/console/connections/new", "/console/connections/new?app=upflow"],
            ["/console/connections/{id}"] = [Home],
            ["/console/connections/{id}/settings"] = [$"{Home}/settings"],
            ["/console/connections/{id}/causes"] =
            [
                $"{Home}/causes",
                $"{Home}/causes?from=10",
                $"{Home}/causes?flow=organizations&code=cause-03",
            ],
            ["/console/connections/{id}/records"] =
            [
                $"{Home}/records",
                $"{Home}/records?state=needsAction",
                $"{Home}/records?q=o-",
            ],
            ["/console/connections/{id}/records/{flow}/{sourceId}"] =
            [
                $"{Home}/records/organizations/o-00-00-0000-4000-8000-000000000000",
            ],
            ["/console/connections/{id}/runs"] = [$"{Home}/runs"],
            ["/console/connections/{id}/runs/{runId}"] =
            [
                $"{Home}/runs/{preview}",
                $"{Home}/runs/{comparison}",
                $"{Home}/runs/{comparison}?from=60",
            ],
            ["/console/connections/{id}/reconcile"] = [$"{Home}/reconcile"],
            ["/console/{**path}"] = ["/console/" + new string('x', 2000)],
        };

        // No pages, and one that reads the other system, of which the browser's tests look at the size.
        string[] others =
        [
            "/console/files/{name}",
            "/console/connections/{id}/webhooks",
            "/console/connections/{id}/doctor",
            "/console/connections/{id}/mail",
            "/console/connections/{id}/runs/{runId}/report",
            "/console/connections/{id}/records/{flow}/{sourceId}/intacct",
        ];
        Assert.Equal(
            PagesServed().Except(others, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            paths.Keys.Order(StringComparer.Ordinal)
        );

        var tooLarge = new List<string>();
        foreach (var path in paths.Values.SelectMany(p => p))
        {
            var page = await Visit().GetAsync(path);
            page.Is(
                path.EndsWith('x') ? 404
                : path == SignIn ? 303 // Nobody signs in to a sandbox, so the address leads on.
                : 200
            );
            var bytes = Encoding.UTF8.GetByteCount(page.Html);
            if (bytes > MostBytes)
                tooLarge.Add($"{path}: {bytes} bytes");
        }

        Assert.Empty(tooLarge);
    }

    [Fact]
    public async Task A_record_with_both_sides_of_many_long_fields_is_not_over_100_KB()
    {
        (await PutAsync()).Is(201);
        var connection = (await Get<ConnectionStore>().GetAsync(Acme, CancellationToken.None))!;
        var many = new JsonObject();
        for (var i = 0; i < 500; i++)
            many[$"field{i}"] = LongText;
        var entry = Told(
            new KeyMapEntry { Key = new SyncKey(Acme, ZuperFlows.Invoices, "i-1") }
                .Open(new Intent(new ControlId("is-1"), 1, Intent.Create, "create", LongXml, "h", null, At))
                .Close(At, LongText)
        );
        var model = new RecordModel(
            new Frame(connection, 3),
            entry.Need(At, new Problem("refused", LongText, LongText)),
            null,
            new BothSides(
                new RecordExplanation(
                    "INV-1",
                    "41",
                    many.DeepClone(),
                    many.DeepClone(),
                    many.DeepClone(),
                    many,
                    [new FieldDifference("field0", LongText, LongText)],
                    RehearsedKind.Change,
                    LongText,
                    LongText,
                    LongXml
                ),
                null
            )
        );
        var http = new DefaultHttpContext { RequestServices = Get<IServiceProvider>() };
        using var body = new MemoryStream();
        http.Response.Body = body;
        await PageResult.Of<IntacctSync.Web.Console.Records.RecordPage>("A record", model).ExecuteAsync(http);
        Assert.InRange(body.Length, 30_000, MostBytes);
    }

    protected override void Serve(WebApplication app)
    {
        base.Serve(app);
        _routes = app;
    }

    private static ConnectionId Acme => ConnectionId.Parse("acme");

    private static string LongXml =>
        string.Concat(Enumerable.Range(0, 3000).Select(i => $"<LINE><AMOUNT>{i}</AMOUNT></LINE>\n"));

    private static KeyMapEntry Told(KeyMapEntry entry)
    {
        entry = entry with
        {
            Title = LongName,
            TargetId = null,
            Facts = new RecordFacts(1_234_567.89m, "USD", new DateOnly(2026, 3, 2), LongName),
        };
        for (var i = 0; i < KeyMapEntry.KeptTimeline; i++)
            entry = entry.Note(At, "updated", $"{i} {LongText}");
        return entry;
    }

    private async Task<string> PreviewAsync()
    {
        var report = new PreviewReport([ZuperFlows.Invoices]);
        var entry = Told(new KeyMapEntry { Key = new SyncKey(Acme, ZuperFlows.Invoices, "i-1") });
        foreach (var kind in Enum.GetValues<RehearsedKind>())
        {
            for (var i = 0; i < 150; i++)
                report.Add(
                    ZuperFlows.Invoices,
                    new RehearsedRecord(entry, entry, null, []),
                    new RehearsalVerdict(kind, LongText, LongText)
                );
        }

        return await EndedAsync(RunKinds.Preview, report.WriteCounts(), report.Lines(), [], []);
    }

    private Task<string> ComparisonAsync()
    {
        var flows = ZuperFlows.All.Select(f => f.Name.Value).ToList();
        var day = new DateOnly(2026, 3, 2);
        var summary = new ReconcileSummary(
            null,
            null,
            false,
            500,
            [
                .. flows.Select(f => new FlowComparisonCounts(
                    f,
                    100_000,
                    90_000,
                    80_000,
                    9_000,
                    1_000,
                    7,
                    [.. Enumerable.Range(0, 20).Select(i => new LeftOutReason($"For reason {i}: {LongText[..80]}", 9))],
                    null,
                    [.. Enumerable.Range(0, 10).Select(i => new LeftOutReason($"For reason {i}: {LongText[..80]}", 9))]
                )),
            ],
            [.. Enumerable.Range(0, 60).Select(i => new ComparedSum("invoices", day.AddDays(i), "USD", 4, 5m, 6, 7m))],
            0
        );
        return EndedAsync(
            RunKinds.Reconcile,
            JsonSerializer.Serialize(summary, PreviewReport.Json),
            Enumerable
                .Range(0, 500)
                .Select(i =>
                    JsonSerializer.Serialize(
                        new RecordDifference(
                            "invoices",
                            $"i-{i}-0000-4000-8000-000000000000",
                            LongName,
                            "41",
                            day,
                            "description",
                            LongText,
                            LongText,
                            DifferenceCause.ByHand,
                            LongText,
                            LongText
                        ),
                        PreviewReport.Json
                    )
                ),
            Enumerable
                .Range(0, 500)
                .Select(i =>
                    JsonSerializer.Serialize(
                        new LeftOutRecord("invoices", $"i-{i}", LongName, day, LongText),
                        PreviewReport.Json
                    )
                ),
            Enumerable
                .Range(0, 200)
                .Select(i =>
                    JsonSerializer.Serialize(
                        new OnlyAtTargetRecord("invoices", $"{i}", LongName, day, 1_234_567.89m, "USD"),
                        PreviewReport.Json
                    )
                )
        );
    }

    private async Task<string> EndedAsync(
        string kind,
        string report,
        IEnumerable<string> lines,
        IEnumerable<string> leftOut,
        IEnumerable<string> onlyAtTarget
    )
    {
        var (runs, reports) = (Get<RunStore>(), Get<RunReports>());
        var run = await runs.StartAsync(Acme, kind, null, CancellationToken.None);
        await reports.AddAsync(Acme, run.RunId, 0, lines, CancellationToken.None);
        await reports.AddAsync(Acme, RunReports.LeftOut(run.RunId), 0, leftOut, CancellationToken.None);
        await reports.AddAsync(Acme, RunReports.OnlyAtTarget(run.RunId), 0, onlyAtTarget, CancellationToken.None);
        await runs.ChangeAsync(
            Acme,
            run.RunId,
            r => r with { State = RunState.Done, Report = report, EndedAt = Clock.GetUtcNow() },
            CancellationToken.None
        );
        return run.RunId;
    }

    /// <summary>The routes of the console that a person reads.</summary>
    private IEnumerable<string> PagesServed() =>
        _routes
            .DataSources.SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e =>
                e.RoutePattern.RawText?.StartsWith("/console", StringComparison.Ordinal) == true
                && e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
            )
            .Select(e => e.RoutePattern.RawText!);
}
