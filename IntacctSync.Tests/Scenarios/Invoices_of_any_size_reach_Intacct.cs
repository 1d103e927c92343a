using System.Text.Json.Nodes;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// What is to be sent is stored before it is sent, and is larger than a property or a row of the store.
/// </summary>
public class Invoices_of_any_size_reach_Intacct : InvoiceRoadTest
{
    /// <summary>The clock moves on while an answer of many megabytes is made; that is no silence.</summary>
    public Invoices_of_any_size_reach_Intacct() => Settings["Zuper:Timeout"] = "00:10:00";

    [Theory]
    [InlineData(300)]
    [InlineData(3000)]
    public async Task An_invoice_of_many_long_lines_is_booked_and_disturbs_no_other(int lines)
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        var before = MakeInvoice();
        var large = MakeInvoice([.. Enumerable.Range(0, lines).Select(LongLine)]);
        var after = MakeInvoice();
        Zuper.WebhooksEnabled = true;
        foreach (var uid in new[] { before, large, after })
            Zuper.Screens.Edit(uid, invoice => invoice["reference_no"] = "PO 1");
        await RestAsync();

        foreach (var uid in new[] { before, large, after })
            await AssertSyncedAsync(uid);
        Assert.Equal(lines, LinesOf(large).Count());
        Assert.Equal(3, Invoices.Count);
        Assert.Null((await InvoiceEntryAsync(large)).Intent);
    }

    [Fact]
    public async Task A_large_invoice_whose_reply_was_lost_is_found_again()
    {
        await BooksAsync();
        var booking = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = "create_invoice" };
        Intacct.Faults.Add(new() { Fault = "resetBefore", Match = booking });
        var uid = MakeInvoice([.. Enumerable.Range(0, 3000).Select(LongLine)]);
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(3000, LinesOf(uid).Count());
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task An_invoice_that_is_larger_than_can_be_kept_needs_a_person_and_disturbs_no_other()
    {
        await BooksAsync();
        var large = MakeInvoice([.. Enumerable.Range(0, 9000).Select(LongLine)]);
        var other = MakeInvoice();
        await RestAsync();

        await AssertNeedsAsync(large, "record-too-large");
        await AssertSyncedAsync(other);
    }

    [Fact]
    public async Task Several_near_the_limit_in_one_batch_are_each_booked_once_and_disturb_no_other()
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        string[] small = [MakeInvoice(), MakeInvoice()];
        string[] large = [.. new[] { 5500, 5800, 6100 }.Select(Long)];
        var tooLarge = Long(7000);
        Zuper.WebhooksEnabled = true;
        var booking = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = "create_invoice" };
        Intacct.Faults.Add(new() { Fault = "resetAfter", Match = booking });
        foreach (var uid in (string[])[small[0], .. large, tooLarge, small[1]])
            Zuper.Screens.Edit(uid, invoice => invoice["reference_no"] = "PO 1");
        await RestAsync();

        foreach (var uid in (string[])[.. small, .. large])
        {
            await AssertSyncedAsync(uid);
            Assert.Null((await InvoiceEntryAsync(uid)).Intent);
        }

        await AssertNeedsAsync(tooLarge, "record-too-large");
        Assert.Equal([5500, 5800, 6100], large.Select(uid => LinesOf(uid).Count()));
        Assert.Equal(5, Invoices.Count);
    }

    private string Long(int lines) => MakeInvoice([.. Enumerable.Range(0, lines).Select(LongLine)]);

    private static JsonObject LongLine(int number) =>
        Line($"Line {number}", 1, 1, line => line["description"] = Some.Noise(400, number));
}
