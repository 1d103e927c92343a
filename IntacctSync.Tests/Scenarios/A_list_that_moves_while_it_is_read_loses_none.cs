using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// While a list of Zuper is read, one in front is deleted and another one made: the others move up to what was read,
/// and the total does not tell it.
/// </summary>
public class A_list_that_moves_while_it_is_read_loses_none : CustomerRoadTest
{
    [Fact]
    public async Task A_backfill_goes_on_behind_the_last_one_that_it_took_of_a_page()
    {
        var uids = await ConnectAsync(60);
        MoveAt("page=1&count=99", look: 2, () => Zuper.Screens.Delete(uids[0]));
        await BackfillAsync();
        AssertCarried(uids);
    }

    [Fact]
    public async Task A_backfill_begins_the_page_anew_where_the_last_one_that_it_took_is_deleted_itself()
    {
        var uids = await ConnectAsync(60);
        MoveAt("page=1&count=99", look: 2, () => Zuper.Screens.BulkDelete(uids.Take(40).ToList()));
        await BackfillAsync();
        AssertCarried(uids, deleted: 40);
    }

    [Fact]
    public async Task A_backfill_reads_the_page_before_again_where_records_have_moved_to_it()
    {
        var uids = await ConnectAsync(130);
        MoveAt("page=2&count=99", look: 1, () => Zuper.Screens.Delete(uids[0]));
        await BackfillAsync();
        AssertCarried(uids);
    }

    [Fact]
    public async Task A_sweep_reads_the_page_before_again_as_well()
    {
        var uids = await ConnectAsync(130);
        MoveAt("page=2&count=100", look: 1, () => Zuper.Screens.Delete(uids[0]));
        await SweepAsync();
        AssertCarried(uids);
    }

    private async Task<List<string>> ConnectAsync(int organizations)
    {
        await ConnectAsync();
        Zuper.WebhooksEnabled = false;
        var uids = new List<string>();
        for (var i = 1; i <= organizations; i++)
        {
            // The list is in order of creation.
            Clock.Advance(TimeSpan.FromSeconds(1));
            uids.Add(MakeOrganization($"Company {i}"));
        }

        Clock.Advance(TimeSpan.FromMinutes(10));
        return uids;
    }

    /// <summary>Deletes some, and makes as many, right before a page is looked at.</summary>
    private void MoveAt(string page, int look, Action delete)
    {
        var looks = 0;
        Wire.Refuse = request =>
        {
            if (
                request.Method == HttpMethod.Get
                && request.RequestUri!.AbsolutePath.EndsWith("/organization", StringComparison.Ordinal)
                && request.RequestUri.Query.Contains($"{page}&", StringComparison.Ordinal)
                && !request.RequestUri.Query.Contains("is_deleted=true", StringComparison.Ordinal)
                && ++looks == look
            )
            {
                var before = Zuper.Screens.Records(ZuperModules.Organization).Count(IsThere);
                delete();
                while (Zuper.Screens.Records(ZuperModules.Organization).Count(IsThere) < before)
                    MakeOrganization($"Made meanwhile {++_made}");
            }

            return null;
        };

        static bool IsThere(System.Text.Json.Nodes.JsonObject record) => record["is_deleted"]?.GetValue<bool>() != true;
    }

    private int _made;

    private async Task BackfillAsync()
    {
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        await Process.Get<Backfill>().StartAsync(connection, ZuperFlows.Organizations, null, requested: true, Forever);
        await RestAsync();
    }

    private void AssertCarried(List<string> uids, int deleted = 1)
    {
        Assert.True(_made >= deleted);
        Assert.Empty(uids.Skip(deleted).Where(u => SageId(u) is null).Select(u => uids.IndexOf(u)));
    }
}
