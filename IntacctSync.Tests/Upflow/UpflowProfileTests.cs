using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow;

namespace IntacctSync.Tests.Upflow;

public sealed class UpflowProfileTests
{
    private const string Least = """
        {"app": "upflow", "intacct": {"senderId": "s", "companyId": "c", "userId": "u"}}
        """;

    private static readonly ConnectionRules Rules = new(
        IntacctSyncRegistration.Apps,
        HostAllowList.Parse("*.zuperpro.com;*.upflow.io")
    );

    [Fact]
    public void What_is_left_out_has_the_default_of_the_contract()
    {
        var settings = Read(Least).Settings.Upflow();
        Assert.Equal(
            ("upflow", "USD", null, false, false),
            (settings.App, settings.DefaultCurrency, settings.Upflow.ApiUrl, settings.SyncPdfs, settings.SyncReceipts)
        );
        Assert.True(settings is { SyncCustomers: true, SyncInvoices: true, SyncCreditNotes: true, SyncPayments: true });
        Assert.Null(settings.Receipts.BankAccountId);
        Assert.Empty(settings.CustomFields.Invoices);
    }

    [Theory]
    [InlineData("AB12CD34-0000-4000-8000-00000000000F", "ab12cd34-0000-4000-8000-00000000000f")]
    [InlineData("PAY-7", "PAY-7")]
    public void An_id_of_Upflow_in_capitals_is_the_same_record(string id, string expected)
    {
        Assert.Equal(expected, UpflowProfile.Instance.SourceId(UpflowFlows.Receipts, id));
        foreach (var flow in UpflowFlows.All.Select(f => f.Name).Where(f => f != UpflowFlows.Receipts))
            Assert.Equal(id, UpflowProfile.Instance.SourceId(flow, id));
    }

    [Fact]
    public void A_shown_document_is_read_to_what_it_was_and_shows_no_secret()
    {
        var document = Read(
            """
            {"app": "upflow", "startDate": "2026-01-31",
             "intacct": {"senderId": "s", "senderPassword": "p1", "companyId": "c", "userId": "u", "userPassword": "p2"},
             "upflow": {"apiKey": "p3", "apiSecret": "p4", "apiUrl": "https://api.sandbox.upflow.io/v1"},
             "defaultCurrency": "eur", "syncCustomers": false, "syncPdfs": true, "syncReceipts": true,
             "receipts": {"bankAccountId": "BOA", "paymentMethods": {"CARD": "EFT"}},
             "customFields": {"customers": {"REGION": "Region"}, "invoices": {"PO": "PO"}, "creditNotes": {"WHY": "Reason"}},
             "syncFailureEmails": ["a@b.co"]}
            """
        );
        var shown = ConnectionDocument.Show(
            document.Settings,
            document.Settings.Profile.Secrets.All.ToHashSet(StringComparer.Ordinal)
        );
        Assert.All(
            (string[])["p1", "p2", "p3", "p4"],
            secret => Assert.DoesNotContain($"\"{secret}\"", shown.ToJsonString(), StringComparison.Ordinal)
        );
        Assert.Equal("EUR", document.Settings.Upflow().DefaultCurrency);
        Assert.True(JsonNode.DeepEquals(shown, Show(Read(shown.ToJsonString()))));
    }

    [Theory]
    [InlineData("defaultCurrency", "\"Dollar\"", "defaultCurrency")]
    [InlineData("upflow", "{\"apiUrl\": \"https://elsewhere.example\"}", "upflow.apiUrl")]
    [InlineData("receipts", "{\"paymentMethods\": {\"GOLD\": \"EFT\"}}", "receipts.paymentMethods")]
    [InlineData("receipts", "{\"bank\": \"1\"}", "receipts.bank")]
    [InlineData("syncOrganizations", "true", "syncOrganizations")]
    public void A_wrong_member_is_refused_by_its_name(string member, string value, string path)
    {
        var json = JsonNode.Parse(Least)!.AsObject();
        json[member] = JsonNode.Parse(value);
        var errors = new FieldErrors();
        Assert.Null(ConnectionDocument.Read(JsonSerializer.SerializeToElement(json), Rules, errors));
        Assert.Contains(path, errors.ToDictionary().Keys);
    }

    [Fact]
    public void Both_accounts_of_receipts_or_none_are_taken_since_the_doctor_and_the_records_say_so() =>
        Assert.NotNull(
            Read(
                Least.Replace(
                    "\"app\"",
                    """
                    "syncReceipts": true, "receipts": {"bankAccountId": "A", "undepositedFundsAccountNo": "B"}, "app"
                    """,
                    StringComparison.Ordinal
                )
            )
        );

    [Fact]
    public void Another_address_is_another_account()
    {
        var sandbox = new UpflowConnectionSettings
        {
            Upflow = new UpflowSettings { ApiUrl = "https://api.sandbox.upflow.io/v1" },
        };
        var real = new UpflowConnectionSettings();
        Assert.Equal("upflow.apiUrl", Assert.Single(sandbox.AccountChanges(real)).Field);
        Assert.Empty(sandbox.AccountChanges(sandbox));
    }

    private static JsonObject Show(ConnectionDocument document) =>
        ConnectionDocument.Show(
            document.Settings,
            document.Settings.Profile.Secrets.All.ToHashSet(StringComparer.Ordinal)
        );

    private static ConnectionDocument Read(string json)
    {
        var errors = new FieldErrors();
        using var parsed = JsonDocument.Parse(json);
        var document = ConnectionDocument.Read(parsed.RootElement.Clone(), Rules, errors);
        Assert.True(document is not null, string.Join(", ", errors.ToDictionary().Keys));
        return document;
    }
}
