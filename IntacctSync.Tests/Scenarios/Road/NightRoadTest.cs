using System.Globalization;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>Invoices that are compared at night, with a mail server that keeps what it is given.</summary>
public abstract class NightRoadTest : InvoiceRoadTest
{
    internal SmtpSink Sink { get; } = new();

    internal NightlySchedule Schedule => Process.Get<NightlySchedule>();

    public override async Task InitializeAsync()
    {
        Settings["Email:Smtp:Host"] = "127.0.0.1";
        Settings["Email:Smtp:Port"] = Sink.Port.ToString(CultureInfo.InvariantCulture);
        Settings["Email:Smtp:From"] = "sync@example.com";
        Settings["Email:Smtp:StartTls"] = "false";
        Settings["Email:LinkBase"] = "https://sync.example.com";
        Settings["Reconcile:Times"] = "0 0 3 * * *";
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Sink.DisposeAsync();
    }

    /// <summary>Books whose people are told by mail.</summary>
    internal Task ToldBooksAsync() =>
        BooksAsync(s => s with { SyncProducts = false, SyncFailureEmails = ["books@harbor.example"] });

    /// <summary>Lets a night come, and somebody wake in it.</summary>
    internal async Task CompareAsync()
    {
        await Schedule.RunDueAsync(Forever);
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await Schedule.RunDueAsync(Forever));
    }

    internal async Task<IReadOnlyList<Run>> ComparisonsAsync() =>
        [.. (await Process.Get<RunStore>().ListAsync(Id, Forever)).Where(r => r.Kind == RunKinds.Reconcile)];

    internal async Task<(RunState State, int Differ)> LastAsync()
    {
        var last = (await ComparisonsAsync())[0];
        return (last.State, last.Failed);
    }

    internal Task SendAsync() => Process.Get<FailureMails>().RunAsync(Forever);

    /// <summary>A person changes when an invoice is due, in Intacct.</summary>
    internal void ChangeByHand(string invoice) =>
        Intacct.Company.Edit("ARINVOICE", InvoiceId(invoice)!, BooksTest.Fields(("WHENDUE", "05/01/2026")));
}
