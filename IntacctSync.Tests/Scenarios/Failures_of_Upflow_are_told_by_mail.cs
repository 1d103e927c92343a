using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios;

public sealed class Failures_of_Upflow_are_told_by_mail : ReceivablesRoadTest
{
    private readonly SmtpSink _sink = new();

    public override async Task InitializeAsync()
    {
        Settings["Email:Smtp:Host"] = "127.0.0.1";
        Settings["Email:Smtp:Port"] = _sink.Port.ToString(CultureInfo.InvariantCulture);
        Settings["Email:Smtp:From"] = "sync@example.com";
        Settings["Email:Smtp:StartTls"] = "false";
        Settings["Email:LinkBase"] = "https://sync.example.com";
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task A_payment_that_can_not_be_posted_is_told_with_its_reason_its_fix_and_a_link()
    {
        await OpenAsync(s => s with { SyncReceipts = true });
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        var payment = Upflow.Screens.PayInPortal([("INV-1", null)], reference: "pi_1");
        await PollAsync();
        await TellAsync();
        var mail = Assert.Single(_sink.Mails);
        Assert.Equal(["books@harbor.example"], mail.To);
        foreach (
            var part in new[]
            {
                "receipt account missing (1)",
                "pi_1",
                "Harbor, 100.00 USD",
                "'Bank account they go to'",
                $"https://sync.example.com/console/connections/{Id}/records/upflow-receipts/{payment}",
            }
        )
            Assert.Contains(part, mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("ap@harbor.example", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_that_Upflow_can_not_hold_is_told_and_a_second_one_within_the_hour_is_not()
    {
        await OpenAsync();
        foreach (var number in new[] { "INV-1", "INV-2" })
            Intacct.Screens.PostInvoice("C-1", number, 100);
        await PollAsync();
        Intacct.Screens.PayInCurrency("C-1", [("INV-1", 50m)], "EUR", 1.1m);
        await PollAsync();
        await TellAsync();
        Intacct.Screens.PayInCurrency("C-1", [("INV-2", 50m)], "EUR", 1.1m);
        await PollAsync();
        await TellAsync();
        Assert.Contains("payment currency differs (1)", Assert.Single(_sink.Mails).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_keys_stop_the_connection_which_is_told_with_where_to_make_others()
    {
        await OpenAsync();
        await PutSecretAsync("canary-wrong-secret");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        await TellAsync();
        var mail = Assert.Single(_sink.Mails);
        Assert.Contains("is stopped", mail.Body, StringComparison.Ordinal);
        Assert.Contains("Settings > API", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", mail.Body, StringComparison.Ordinal);

        await PutSecretAsync("sandbox-upflow-secret");
        await PollAsync();
        await TellAsync();
        Assert.Contains("goes on", _sink.Mails.Last().Body, StringComparison.Ordinal);
    }

    private async Task OpenAsync(Func<UpflowConnectionSettings, UpflowConnectionSettings>? change = null)
    {
        await ConnectUpflowAsync(s => (change?.Invoke(s) ?? s) with { SyncFailureEmails = ["books@harbor.example"] });
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        await PollAsync();
    }

    private Task PutSecretAsync(string secret) =>
        Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [UpflowSecrets.ApiSecret] = SecretChange.To(secret),
                },
                Forever
            );

    private Task TellAsync() => Process.Get<FailureMails>().RunAsync(Forever);
}
