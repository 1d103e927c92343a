using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Web;

public sealed class ComparisonReportTests : ApiTest
{
    private const string Acme = "/api/connections/acme";

    [Fact]
    public async Task The_report_has_all_sums_and_what_is_only_at_the_target()
    {
        (await PutAsync()).Is(201);
        var id = ConnectionId.Parse("acme");
        var run = await Get<RunStore>().StartAsync(id, RunKinds.Reconcile, null, CancellationToken.None);
        await AddAsync(
            RunReports.Sums(run.RunId),
            """{"flow":"invoices","day":"2026-01-31","currency":"USD","sourceCount":1,"sourceSum":-5.50,"""
                + """ "targetCount":0,"targetSum":0,"isEqual":false}""",
            """{"flow":"invoices","day":"2026-02-01","currency":"","sourceCount":1,"sourceSum":5,"""
                + """ "targetCount":1,"targetSum":5,"isEqual":true}"""
        );
        await AddAsync(
            RunReports.OnlyAtTarget(run.RunId),
            """{"flow":"invoices","targetId":"77","title":"=1","date":"2026-01-31","amount":129.00,"currency":null}"""
        );
        await Get<RunStore>()
            .ChangeAsync(
                id,
                run.RunId,
                r =>
                    r with
                    {
                        State = RunState.Done,
                        EndedAt = r.StartedAt,
                        Report = """{"equal":true,"sums":[{"flow":"invoices"}],"sumsLeftOut":1,"sumsDiffer":1}""",
                    },
                CancellationToken.None
            );
        var path = $"{Acme}/runs/{run.RunId}/report";

        var json = (await CallAsync("GET", path)).Is(200).Json;
        Assert.Equal(["2026-01-31", "2026-02-01"], json["sums"]!.AsArray().Select(s => s!["day"]!.ToString()));
        Assert.Equal(0, json["sumsLeftOut"]!.GetValue<int>());
        Assert.Equal("77", Assert.Single(json["onlyAtTarget"]!.AsArray())!["targetId"]!.ToString());
        Assert.Equal(
            "flow,day,currency,sourceCount,sourceSum,targetCount,targetSum,isEqual\r\n"
                + "invoices,2026-01-31,USD,1,-5.50,0,0,false\r\ninvoices,2026-02-01,,1,5,1,5,true\r\n",
            (await CallAsync("GET", path + "?format=csv&of=sums")).Is(200).Text
        );
        Assert.Equal(
            "flow,targetId,title,date,amount,currency\r\ninvoices,77,'=1,2026-01-31,129.00,\r\n",
            (await CallAsync("GET", path + "?format=csv&of=onlyAtTarget")).Is(200).Text
        );

        Task AddAsync(string list, params string[] lines) =>
            Get<RunReports>().AddAsync(id, list, 0, lines, CancellationToken.None);
    }

    [Fact]
    public async Task A_list_that_is_cut_ends_with_how_many_more_there_are_of_which_flow_and_reason()
    {
        (await PutAsync()).Is(201);
        var id = ConnectionId.Parse("acme");
        var run = await Get<RunStore>().StartAsync(id, RunKinds.Reconcile, null, CancellationToken.None);
        await Get<RunStore>()
            .ChangeAsync(
                id,
                run.RunId,
                r =>
                    r with
                    {
                        State = RunState.Done,
                        EndedAt = r.StartedAt,
                        Report = """
                            {"equal": true, "sums": [], "flows": [{"flow": "invoices", "source": 900, "leftOut": 513,
                             "onlyAtTarget": 201, "leftOutBecause": [{"why": "It is before startDate.", "count": 312},
                             {"why": "It is ignored.", "count": 200}]}]}
                            """,
                    },
                CancellationToken.None
            );
        var path = $"{Acme}/runs/{run.RunId}/report?format=csv&of=";
        Assert.Equal(
            "flow,sourceId,title,date,why\r\n"
                + "invoices,,\"(and 112 more, which are counted and not named)\",,It is before startDate.\r\n",
            (await CallAsync("GET", path + "leftOut")).Is(200).Text
        );
        Assert.Equal(
            "flow,targetId,title,date,amount,currency\r\n"
                + "invoices,,\"(and 1 more, which are counted and not named)\",,,\r\n",
            (await CallAsync("GET", path + "onlyAtTarget")).Is(200).Text
        );
    }
}
