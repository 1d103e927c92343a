using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Accounts come from the settings and are the accountants' own once an invoice is made: what they change is told, and
/// stays.
/// </summary>
public sealed class The_account_of_a_line_that_was_changed_by_hand_is_named : InvoiceRoadTest
{
    [Fact]
    public async Task With_what_was_written_and_what_it_is_now_and_nothing_to_do_in_Zuper()
    {
        await BooksAsync();
        var uid = MakeInvoice(Line("Tune-up", 1, 129), Line("Filter", 2, 18.25m));
        await RestAsync();
        Assert.Equal([], await CompareAsync());

        // The second comparison is the later one.
        Clock.Advance(TimeSpan.FromMinutes(1));
        Move(uid, 2, "4010");
        var number = Booked(uid)["RECORDID"];
        Assert.Equal([$"invoices {number} line 2 account '4000' '4010' changedByHand"], await CompareAsync());
        var told = await LastReportAsync();
        Assert.Equal(
            "It was changed by hand in Intacct, from '4000' to '4010', since it was last carried over.",
            told["why"]!.ToString()
        );
        Assert.Equal(
            "Nothing, if it is right so: Zuper does not have it, and the sync leaves it as it is. If not, change it "
                + "back in Intacct.",
            told["repair"]!.ToString()
        );

        var written = Intacct.Counters.Updates;
        await RetryAsync(uid);
        Assert.Equal(written, Intacct.Counters.Updates);
        EditLines(uid, lines => lines[1]!["quantity"] = 4);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.NotEqual(written, Intacct.Counters.Updates);
        Assert.Equal(["4000", "4010"], LinesOf(uid).Select(l => l["ACCOUNTNO"]));
        Assert.Equal([$"invoices {number} line 2 account '4000' '4010' changedByHand"], await CompareAsync());
    }

    [Fact]
    public async Task Of_a_line_that_was_added_or_became_another_one_too()
    {
        await BooksAsync();
        var uid = MakeInvoice(Line("Tune-up", 1, 129), Line("Filter", 2, 18.25m));
        await RestAsync();
        await SettingsAsync(s => WithInvoice(s, i => i with { GlAccountNo = "4090" }));
        EditLines(
            uid,
            lines =>
            {
                lines[1] = Line("Thermostat", 1, 80);
                lines.Add(Line("Trip", 1, 45));
            }
        );
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["4000", "4090", "4090"], LinesOf(uid).Select(l => l["ACCOUNTNO"]));
        Assert.Equal([], await CompareAsync());

        for (var line = 1; line <= 3; line++)
            Move(uid, line, "4010");
        var number = Booked(uid)["RECORDID"];
        Assert.Equal(
            [
                $"invoices {number} line 1 account 'another account' '4010' changedByHand",
                $"invoices {number} line 2 account '4090' '4010' changedByHand",
                $"invoices {number} line 3 account '4090' '4010' changedByHand",
            ],
            await CompareAsync()
        );
    }

    [Fact]
    public async Task By_its_label_where_the_company_has_labels_however_that_is_spelt()
    {
        Intacct.Screens.SetPreference("AR", "USEACCOUNTLABELS", "T");
        await BooksAsync(s =>
            WithInvoice(
                s,
                i =>
                    i with
                    {
                        GlAccountNo = null,
                        AccountLabel = "Service",
                        Tax = new() { AccountLabel = "Sales Tax" },
                    }
            )
        );
        var uid = MakeInvoice(Line("Tune-up", 1, 129));
        await RestAsync();
        Assert.Equal("Service", LinesOf(uid).Single()["ACCOUNTLABEL"]);
        Assert.Equal([], await CompareAsync());
        Tamper(uid, 1, ("ACCOUNTLABEL", "SERVICE"));
        Assert.Equal([], await CompareAsync());

        Tamper(uid, 1, ("ACCOUNTLABEL", "Sales Tax"), ("ACCOUNTNO", "2200"));
        Assert.Equal(
            [$"invoices {Booked(uid)["RECORDID"]} line 1 account 'Service' 'Sales Tax' changedByHand"],
            await CompareAsync()
        );
    }

    [Fact]
    public async Task And_nothing_is_said_of_one_that_was_written_before_accounts_were_remembered()
    {
        await BooksAsync();
        var uid = MakeInvoice(Line("Tune-up", 1, 129), Line("Filter", 2, 18.25m));
        await RestAsync();
        var row = await InvoiceEntryAsync(uid);
        var without = string.Join(
            ' ',
            row.Fingerprints!.Split(' ').Where(f => !f.Contains("/A=", StringComparison.Ordinal))
        );
        Assert.NotEqual(row.Fingerprints, without);
        Assert.Single(await Process.Get<KeyMapStore>().SaveAsync([row with { Fingerprints = without }], Forever));

        var (written, asked) = (Intacct.Counters.Updates, Intacct.Counters.Requests);
        Zuper.Screens.Pay(uid, 9);
        await RestAsync();
        Assert.Equal((written, asked), (Intacct.Counters.Updates, Intacct.Counters.Requests));
        Assert.Equal(without, (await InvoiceEntryAsync(uid)).Fingerprints);

        Move(uid, 2, "4010");
        Assert.DoesNotContain(await CompareAsync(), d => d.Contains("account", StringComparison.Ordinal));
        EditLines(uid, lines => lines[1]!["quantity"] = 4);
        await RestAsync();
        Assert.Equal("4010", LinesOf(uid).Last()["ACCOUNTNO"]);
        Assert.DoesNotContain(await CompareAsync(), d => d.Contains("account", StringComparison.Ordinal));
    }

    /// <summary>An accountant books a line on another account.</summary>
    private void Move(string uid, int line, string account) => Tamper(uid, line, ("ACCOUNTNO", account));

    private void Tamper(string uid, int line, params (string Name, string Value)[] fields) =>
        Tamper("ARINVOICEITEM", LinesOf(uid).ElementAt(line - 1)["RECORDNO"], fields);

    private async Task<IReadOnlyList<string>> CompareAsync() =>
        (await Process.ReconcileAsync(await ConnectionAsync(), PassAsync, ZuperFlows.Invoices)).Differences;

    /// <summary>The first difference of the last comparison.</summary>
    private async Task<JsonNode> LastReportAsync()
    {
        var run = (await Process.Get<Core.Runs.RunStore>().ListAsync(Id, Forever))[0];
        await foreach (var line in Process.Get<Core.Runs.RunReports>().ReadAsync(Id, run.RunId, Forever))
            return JsonNode.Parse(line)!;
        throw new InvalidOperationException("The last comparison has found nothing.");
    }
}
