using IntacctSync.Core.Runs;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class What_the_night_found_is_told_until_a_mail_server_took_it : NightRoadTest
{
    [Fact]
    public async Task While_the_mail_server_is_down_the_next_night_tells_of_both()
    {
        await ToldBooksAsync();
        var (one, other) = (MakeInvoice(), MakeInvoice());
        await RestAsync();
        Sink.Answer = _ => "";

        ChangeByHand(one);
        await CompareAsync();
        await SendAsync();
        ChangeByHand(other);
        await CompareAsync();
        Sink.Answer = _ => null;
        Clock.Advance(TimeSpan.FromHours(2));
        await SendAsync();

        var mail = Assert.Single(Sink.Mails);
        Assert.Contains("found 2 records that differ: 2 invoices", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("letter does not name", mail.Body, StringComparison.Ordinal);

        // Now they are told, and are told no more.
        await CompareAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        await SendAsync();
        Assert.Single(Sink.Mails);
    }

    [Fact]
    public async Task What_nobody_could_be_told_is_told_once_there_is_an_address()
    {
        await BooksAsync(s => s with { SyncProducts = false });
        var (one, other) = (MakeInvoice(), MakeInvoice());
        await RestAsync();
        ChangeByHand(one);
        await CompareAsync();
        await SendAsync();

        await SettingsAsync(s => s with { SyncFailureEmails = ["books@harbor.example"] });
        await SendAsync();
        var mail = Assert.Single(Sink.Mails);
        Assert.Contains("found one record that differs", mail.Body, StringComparison.Ordinal);

        ChangeByHand(other);
        await CompareAsync();
        await SendAsync();
        Assert.Equal(2, Sink.Mails.Count);
        Assert.Contains("found one record that differs", Sink.Mails.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_told_and_still_differs_is_counted_beside_what_is_new()
    {
        await ToldBooksAsync();
        var (one, other) = (MakeInvoice(), MakeInvoice());
        await RestAsync();
        ChangeByHand(one);
        await CompareAsync();
        await SendAsync();

        // A night without news keeps what was told before it.
        await CompareAsync();
        ChangeByHand(other);
        await CompareAsync();
        await SendAsync();

        Assert.Equal(2, Sink.Mails.Count);
        Assert.Contains("found one record that differs", Sink.Mails.Last().Body, StringComparison.Ordinal);
        Assert.Contains(
            "One more record differs that this letter does not name",
            Sink.Mails.Last().Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_mended_before_it_could_be_told_is_not_told()
    {
        await ToldBooksAsync();
        var invoice = MakeInvoice();
        await RestAsync();
        var due = Booked(invoice)["WHENDUE"];
        ChangeByHand(invoice);
        await CompareAsync();
        Intacct.Company.Edit("ARINVOICE", InvoiceId(invoice)!, BooksTest.Fields(("WHENDUE", due)));
        await CompareAsync();
        await SendAsync();

        Assert.Empty(Sink.Mails);
    }

    [Fact]
    public async Task One_that_was_mended_and_differs_again_is_told_again()
    {
        await ToldBooksAsync();
        var invoice = MakeInvoice();
        await RestAsync();
        var due = Booked(invoice)["WHENDUE"];
        ChangeByHand(invoice);
        await CompareAsync();
        await SendAsync();
        Assert.Equal((RunState.Done, 1), await LastAsync());
        Assert.Single(Sink.Mails);
        Intacct.Company.Edit("ARINVOICE", InvoiceId(invoice)!, BooksTest.Fields(("WHENDUE", due)));
        await CompareAsync();
        Assert.Equal(0, (await LastAsync()).Differ);
        ChangeByHand(invoice);
        await CompareAsync();
        Assert.Equal((RunState.Done, 1), await LastAsync());
        await SendAsync();

        Assert.Equal(2, Sink.Mails.Count);
    }
}
