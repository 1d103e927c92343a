using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Changes_in_Intacct_are_found : BooksTest
{
    public Changes_in_Intacct_are_found()
    {
        Settings["Email:Smtp:Host"] = "mail.example";
        Settings["Email:Smtp:From"] = "sync@example.com";
    }

    [Fact]
    public async Task More_than_a_page_of_one_second_is_found_to_its_last_record()
    {
        // Without a category nothing is written, so that only the finding takes time.
        await OpenBooksAsync(s => s with { DefaultProductCategoryUid = null });
        for (var i = 0; i < 2100; i++)
            AddItem(string.Create(CultureInfo.InvariantCulture, $"BULK-{i:0000}"));
        await PollAsync();
        Assert.Equal(2100, await FoundAsync());
    }

    [Fact]
    public async Task Two_changes_of_one_second_with_a_poll_between_them_both_arrive()
    {
        await OpenBooksAsync();
        AddItem("FLT-16", price: 10);
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfIntacct, Clock.GetUtcNow(), Forever);
        while (await Process.WorkAsync(this, Forever))
        {
            // The clock stands still.
        }

        EditItem("FLT-16", ("BASEPRICE", "11"));
        await PollAsync();
        Assert.Equal("11.0000", Assert.Single(Products)["price"]!.ToString());
    }

    [Fact]
    public async Task What_shows_itself_late_is_found_by_the_pass_that_looks_back()
    {
        await OpenBooksAsync();
        AddItem("LATE");

        // A later change was seen and the cursor is past it, while this one was not shown yet.
        var position = new IntacctPosition(
            new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal)
            {
                ["ITEM"] = Clock.GetUtcNow().AddMinutes(5),
            },
            LookedBackAt: Clock.GetUtcNow()
        );
        await Process
            .Get<CursorStore>()
            .ChangeAsync(Id, "products", c => c with { Position = JsonSerializer.Serialize(position) }, Forever);
        await PollAsync();
        Assert.Empty(Products);
        Clock.Advance(TimeSpan.FromHours(1));
        await PollAsync();
        Assert.Single(Products);
    }

    [Fact]
    public async Task Records_without_a_time_of_change_are_found_by_when_they_were_made()
    {
        await OpenBooksAsync();
        Intacct.Options.NullWhenModified = true;
        AddItem("FLT-16");
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 100)]);
        await PollAsync();
        Assert.Single(Products);
        Assert.Equal([$"100 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task Where_the_audit_history_is_denied_the_rest_goes_on_and_it_is_asked_for_again_the_next_day()
    {
        await OpenBooksAsync();
        Intacct.Options.AuditHistoryDenied = true;
        AddItem("FLT-16");
        await PollAsync();
        Assert.Single(Products);
        for (var hour = 0; hour < 5; hour++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            await PollAsync();
        }

        Assert.Single(await NotesAsync("deletionsUnseen", "products"));
        Intacct.Company.Remove("ITEM", "FLT-16");
        Intacct.Options.AuditHistoryDenied = false;
        Clock.Advance(TimeSpan.FromHours(2));
        await PollAsync();
        Assert.True(IsAvailable());
        Clock.Advance(TimeSpan.FromDays(1));
        await PollAsync();
        Assert.False(IsAvailable());
        Assert.Single(await NotesAsync("deletionsSeen", "products"));
    }

    [Fact]
    public async Task A_deletion_that_says_not_what_was_deleted_keeps_nothing_else_from_being_seen()
    {
        await OpenBooksAsync();
        AddItem("ODD");
        AddItem("FLT-16");
        await PollAsync();
        Intacct.Company.Remove("ITEM", "ODD");
        Intacct.Company.Remove("ITEM", "FLT-16");
        Wire.Change = static (sent, answer) =>
            sent.Contains("AUDITHISTORY", StringComparison.Ordinal)
                ? System.Text.RegularExpressions.Regex.Replace(
                    answer,
                    "<OBJECTKEY>[^<]*</OBJECTKEY>",
                    "<OBJECTKEY></OBJECTKEY>",
                    System.Text.RegularExpressions.RegexOptions.None,
                    TimeSpan.FromSeconds(5)
                )
                : answer;
        Clock.Advance(TimeSpan.FromHours(1));
        AddItem("NEW");
        await PollAsync();
        Assert.Equal(3, Products.Count);
        Assert.NotNull((await Process.Get<CursorStore>().GetAsync(Id, "products", Forever)).LastSuccessAt);
        Assert.Single(await NotesAsync("deletionsUnreadable", "products"));
        var told = (await Process.Get<NoticeStore>().ReadAsync(Id, Forever)).Waiting;
        Assert.Contains(told, n => n.Cause == new Cause("products", "deletions-unreadable"));
    }

    [Fact]
    public async Task A_backfill_finds_payments_by_what_was_applied_since()
    {
        await OpenBooksAsync(s => s with { SyncPayments = false });
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        Clock.Advance(TimeSpan.FromDays(3));
        var since = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromHours(1));
        var detail = Assert.Single(Intacct.Company.Records("ARPYMTDETAIL"));
        Intacct.Company.Change(c =>
            c.Books.Update(
                c.Table("ARPYMTDETAIL"),
                c.Table("ARPYMTDETAIL").Find(int.Parse(detail["RECORDNO"], CultureInfo.InvariantCulture))!,
                new Dictionary<string, string>(detail, StringComparer.Ordinal),
                c.Stamp
            )
        );
        await ChangeSettingsAsync(s => s with { SyncPayments = true });
        await Process
            .Get<Backfill>()
            .StartAsync(await ConnectionAsync(), ZuperFlows.Payments, since, requested: true, Forever);
        await RestAsync();
        Assert.Equal([$"60 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task A_poll_that_a_person_asked_for_counts_what_it_found()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        AddItem("FLT-20");
        await PollAsync();
        AddItem("FLT-24");
        Clock.Advance(TimeSpan.FromSeconds(30));
        var run = await Process.Get<Poller>().RunAsync(await ConnectionAsync(), ZuperFlows.Products, Forever);
        await RestAsync();
        var ended = await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever);
        Assert.Equal(RunState.Done, ended!.State);
        Assert.Equal(ended.Found, ended.Done);
        Assert.True(ended.Found >= 1);
        Assert.Equal(3, Products.Count);
    }

    [Fact]
    public async Task An_idle_company_costs_less_than_17_500_transactions_a_month()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await PollAsync();
        var before = Intacct.Company.Counters.Transactions;
        for (var tick = 0; tick < 96; tick++)
        {
            Clock.Advance(TimeSpan.FromMinutes(15));
            await Process.Get<Poller>().TickAsync([.. ZuperFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
            await RestAsync(TimeSpan.FromMinutes(10));
        }

        var month = 31 * (Intacct.Company.Counters.Transactions - before);
        Assert.InRange(month, 31 * 96, 17_499);
    }

    private bool IsAvailable() => Assert.Single(Products)["is_available"]!.GetValue<bool>();

    private async Task<int> FoundAsync() =>
        (await Process.Get<RecordQuery>().CountAsync(Id, ZuperFlows.Products, Forever)).ByState.Values.Sum();

    private async Task<IReadOnlyList<string>> NotesAsync(string what, string about) =>
        [
            .. (await Process.Get<ConnectionTimeline>().ReadAsync(Id, Clock.GetUtcNow(), Forever))
                .Where(n => n.What == what && n.Detail.Contains(about, StringComparison.Ordinal))
                .Select(n => n.Detail),
        ];
}
