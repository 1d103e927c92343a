using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Web.Console;

public sealed class ConsoleSettingsTests : ConsoleTest
{
    private const string New = "/console/connections/new";

    [Fact]
    public async Task The_form_has_the_fields_of_the_seeds_page_in_its_order()
    {
        var page = (await Visit().GetAsync(New)).Is(200);
        var at = -1;
        foreach (
            var label in new[]
            {
                "Sage Sender ID",
                "Sage Sender Password",
                "Sage Company ID",
                "Sage User ID",
                "Sage User Password",
                "Sync Customers",
                "Sync Organizations",
                "Sync Products",
                "Identify Customer By",
                "Invoice Custom Field for Location",
                "Default Payment Mode UID in Zuper",
                "Default Product Category UID in Zuper",
                "Zuper API Key",
                "Sync Failure Emails",
            }
        )
        {
            var next = page.Text.IndexOf(label, at + 1, StringComparison.Ordinal);
            Assert.True(next > at, $"{label} does not come after the one before.");
            at = next;
        }
    }

    [Fact]
    public async Task A_connection_is_stored_from_the_form()
    {
        var visitor = Visit();
        await visitor.GetAsync(New);
        var stored = await visitor.PostAsync(
            New,
            Filled(("syncCustomers", "true"), ("invoice.tax.glAccountNo", " 2200 "))
        );
        (await visitor.GetAsync(stored.Is(303).Location!)).Is(200).Says("The connection is stored.");
        var connection = (await Get<ConnectionStore>().GetAsync(ConnectionId.Parse("main"), CancellationToken.None))!;
        var settings = connection.Settings.Zuper();
        Assert.Equal("harbor_ws", settings.Intacct.SenderId);
        Assert.Equal(40, (await SecretAsync(ZuperSecrets.WebhookSecret))!.Length);
        Assert.Contains(
            await Get<ConnectionTimeline>().ReadAsync(connection.Id, Clock.GetUtcNow(), CancellationToken.None),
            e => e.What == "putConnection"
        );
        Assert.True(settings.SyncCustomers);
        Assert.False(settings.SyncInvoices);
        Assert.Equal("2200", settings.Invoice.Tax.GlAccountNo);
        Assert.Equal(["AWAIT_PAYMENT", "PAID"], settings.Invoice.Statuses);
        Assert.Equal("uid-1", settings.PaymentModes["Printed Check"]);
        Assert.Equal(["a@b.example", "c@d.example"], settings.SyncFailureEmails);
        Assert.Equal(
            Some.ZuperKey,
            await Get<ConnectionSecrets>().GetAsync(connection, ZuperSecrets.ApiKey, CancellationToken.None)
        );
    }

    [Fact]
    public async Task Settings_that_are_refused_name_the_field_and_keep_saying_which_secrets_are_stored()
    {
        (await PutAsync()).Is(201);
        var visitor = Visit();
        await visitor.GetAsync($"{Home}/settings");
        var page = await visitor.PostAsync($"{Home}/settings", [("syncFailureEmails", "nobody")]);
        Assert.Contains("<a href=\"#syncFailureEmails\">Sync Failure Emails</a>", page.Is(400).Html, Exactly);
        Assert.Contains("id=\"syncFailureEmails\"", page.Html, Exactly);
        var (before, after) = ((await visitor.GetAsync($"{Home}/settings")).Html, page.Html);
        Assert.Equal(Count(before, "stored; type to replace it"), Count(after, "stored; type to replace it"));
        Assert.InRange(Count(after, "stored; type to replace it"), 3, 5);
    }

    private const StringComparison Exactly = StringComparison.Ordinal;

    private static int Count(string html, string text) => html.Split(text).Length - 1;

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_no_secret_comes_back()
    {
        var visitor = Visit();
        await visitor.GetAsync(New);
        var page = await visitor.PostAsync(
            New,
            Filled(("intacct.companyId", ""), ("syncFailureEmails", "nobody"), ("id", "Main Office"))
        );
        page.Is(400).Says("Use 1 to 63 of a-z, 0-9 and '-'.");
        page = await visitor.PostAsync(New, Filled(("intacct.companyId", ""), ("syncFailureEmails", "nobody")));
        page.Is(400)
            .Says("intacct.companyId is missing")
            .Says("'nobody', which is no e-mail address")
            .Says("2 things are to be corrected");
        Assert.Contains("value=\"harbor_ws\"", page.Html, StringComparison.Ordinal);
        Assert.Null(await Get<ConnectionStore>().GetAsync(ConnectionId.Parse("main"), CancellationToken.None));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        (await PutAsync()).Is(201);
        var visitor = Visit();
        await visitor.GetAsync(New);
        (await visitor.PostAsync(New, Filled(("id", "acme"))))
            .Is(400)
            .Says("There is a connection of this name already.");
    }

    [Fact]
    public async Task Settings_are_changed_and_secrets_that_are_left_empty_stay()
    {
        (await PutAsync(d => d["invoice"] = new System.Text.Json.Nodes.JsonObject { ["termName"] = "Net 30" })).Is(201);
        var visitor = Visit();
        (await visitor.GetAsync($"{Home}/settings")).Is(200).Says("Run the doctor");
        var saved = await visitor.PostAsync(
            $"{Home}/settings",
            [("intacct.userId", "another_user"), ("syncInvoices", "true"), ("zuper.webhookSecret.clear", "true")]
        );
        (await visitor.GetAsync(saved.Is(303).Location!)).Says("The settings are stored.");
        var connection = (await Get<ConnectionStore>().GetAsync(ConnectionId.Parse("acme"), CancellationToken.None))!;
        Assert.Equal("another_user", connection.Settings.Intacct.UserId);
        Assert.Equal("harbor_ws", connection.Settings.Intacct.SenderId);
        Assert.Equal("Net 30", connection.Settings.Zuper().Invoice.TermName);
        Assert.Equal(
            [true, false],
            new[] { connection.Settings.Zuper().SyncInvoices, connection.Settings.Zuper().SyncPayments }
        );
        var secrets = await Get<ConnectionSecrets>().SetAsync(connection, CancellationToken.None);
        Assert.DoesNotContain(ZuperSecrets.WebhookSecret, secrets);
        Assert.Contains(ZuperSecrets.ApiKey, secrets);
        Assert.Contains(
            LogLines,
            l =>
                l.Contains("putConnection", StringComparison.Ordinal)
                && l.Contains("intacct.userId", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_connection_rests_wakes_and_is_removed_only_when_its_name_is_written()
    {
        (await PutAsync()).Is(201);
        var visitor = Visit();
        await visitor.GetAsync($"{Home}/settings");
        var rests = await visitor.PostAsync($"{Home}/deactivate", []);
        (await visitor.GetAsync(rests.Is(303).Location!)).Says("Nothing is synced, and everything is kept");
        var wakes = await visitor.PostAsync($"{Home}/activate", []);
        (await visitor.GetAsync(wakes.Is(303).Location!)).Says("The connection is active");
        (await visitor.PostAsync($"{Home}/purge", [("confirm", "other")])).Is(400).Says("Nothing was removed");
        var gone = await visitor.PostAsync($"{Home}/purge", [("confirm", "acme")]);
        (await visitor.GetAsync(gone.Is(303).Location!)).Says("forgotten").Says("Nothing is connected yet");
    }

    private static (string, string)[] Filled(params (string Name, string Value)[] others)
    {
        (string Name, string Value)[] fields =
        [
            ("app", "zuper"),
            ("id", "main"),
            ("intacct.senderId", "harbor_ws"),
            ("intacct.senderPassword", Some.SenderPassword),
            ("intacct.companyId", "Harbor-Dental"),
            ("intacct.userId", "api_user"),
            ("intacct.userPassword", Some.UserPassword),
            ("zuper.companyName", "harbor"),
            ("zuper.apiKey", Some.ZuperKey),
            ("syncFailureEmails", "a@b.example\r\nc@d.example"),
            ("invoice.statuses", "AWAIT_PAYMENT\r\n\r\nPAID\r\n"),
            ("paymentModes", "Printed Check = uid-1\r\n"),
        ];
        return [.. fields.Where(f => others.All(o => o.Name != f.Name)), .. others];
    }

    private Task<string?> SecretAsync(string field) =>
        Get<ConnectionSecrets>().GetAsync(ConnectionId.Parse("main"), field, CancellationToken.None);
}
