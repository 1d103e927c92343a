using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Tests.Connections.Document;

public sealed class ConnectionDocumentTests
{
    private const string Least = """
        {"intacct": {"senderId": "s", "companyId": "c", "userId": "u"}, "zuper": {"companyName": "z"}}
        """;

    private static readonly ConnectionRules Rules = new(
        IntacctSyncRegistration.Apps,
        HostAllowList.Parse("*.zuperpro.com")
    );

    [Fact]
    public void What_is_left_out_has_the_default_of_the_contract()
    {
        var settings = Read(Least).Settings.Zuper();
        Assert.Equal(
            ("zuper", SyncMode.Live, null, IdentifyCustomerBy.None, CustomerIds.Zuper),
            (settings.App, settings.Mode, settings.StartDate, settings.IdentifyCustomerBy, settings.CustomerIds)
        );
        Assert.True(settings is { SyncOrganizations: true, SyncCustomers: true, SyncInvoices: true });
        Assert.True(settings is { SyncProducts: true, SyncPayments: true });
        Assert.Equal("America/Chicago", settings.Zuper.TimeZone);
        Assert.Equal(["AWAIT_PAYMENT", "PARTIALLY_PAID", "PAID"], settings.Invoice.Statuses);
        Assert.Equal(
            ("Sales Invoice", InvoiceDocument.ArInvoice, false),
            (settings.Invoice.TransactionDefinition, settings.Invoice.Document, settings.Invoice.Recreate)
        );
        Assert.Empty(settings.SyncFailureEmails);
    }

    [Fact]
    public void Choices_and_dates_are_trimmed_like_every_text()
    {
        var settings = Read(
            Least.Replace(
                "{\"intacct\"",
                """{"mode": " shadow\n", "startDate": " 2026-01-31 ", "intacct" """.TrimEnd(),
                StringComparison.Ordinal
            )
        ).Settings;
        Assert.Equal((SyncMode.Shadow, new DateOnly(2026, 1, 31)), (settings.Mode, settings.StartDate));
    }

    [Fact]
    public void A_shown_document_is_read_to_what_it_was_and_has_every_member_of_the_contract()
    {
        var document = Read(
            """
            {"app": "zuper", "mode": "shadow", "startDate": "2026-01-31",
             "intacct": {"senderId": "s", "senderPassword": "p1", "companyId": "c", "userId": "u", "userPassword": "p2", "entityId": "E1"},
             "zuper": {"companyName": "z", "apiUrl": "https://us.zuperpro.com", "apiKey": "p3", "webhookSecret": "canary-webhook-p4", "timeZone": "Europe/Berlin"},
             "syncOrganizations": false, "syncCustomers": false, "syncInvoices": false, "syncProducts": false, "syncPayments": false,
             "identifyCustomerBy": "email", "customerIds": "intacct", "invoiceLocationField": "L",
             "defaultPaymentModeUid": "m", "paymentModes": {"Check": "m1"}, "defaultProductCategoryUid": "k", "productCategories": {"A": "k1"},
             "customFields": {"organizations": {"Area": "REGION"}, "customers": {}, "invoices": {"Crew": "CREW"}, "invoiceLines": {"Hours": "HOURS"}},
             "syncFailureEmails": ["a@b.co"],
             "invoice": {"document": "orderEntry", "statuses": ["PAID"], "glAccountNo": "4000", "accountLabel": null, "termName": "N30", "currency": "USD",
              "exchangeRateType": "x", "tax": {"glAccountNo": null, "accountLabel": "T"}, "discount": {"glAccountNo": "1"}, "fee": {},
              "rounding": {"glAccountNo": "9"}, "transactionDefinition": "TD",
              "recreate": true, "defaultLocationId": "1", "defaultDepartmentId": "2", "departmentField": "3", "classField": "4", "projectField": "5"}}
            """
        );
        var shown = ConnectionDocument.Show(
            document.Settings,
            new HashSet<string>([ZuperSecrets.ApiKey], StringComparer.Ordinal)
        );
        var again = Read(shown.ToJsonString());
        Assert.Equal(
            shown.ToJsonString(),
            ConnectionDocument
                .Show(again.Settings, new HashSet<string>([ZuperSecrets.ApiKey], StringComparer.Ordinal))
                .ToJsonString()
        );
        Assert.Equal(
            ("{\"set\":true}", "{\"set\":false}"),
            (shown["zuper"]!["apiKey"]!.ToJsonString(), shown["intacct"]!["userPassword"]!.ToJsonString())
        );
        Assert.DoesNotContain("p1", shown.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            (new DateOnly(2026, 1, 31), "E1", "T", "m1"),
            (
                again.Settings.StartDate,
                again.Settings.Intacct.EntityId,
                again.Settings.Zuper().Invoice.Tax.AccountLabel,
                again.Settings.Zuper().PaymentModes["Check"]
            )
        );
        Assert.Equal(
            ("orderEntry", "5", "intacct"),
            (
                (string?)shown["invoice"]!["document"],
                (string?)shown["invoice"]!["projectField"],
                (string?)shown["customerIds"]
            )
        );
    }

    [Theory]
    [InlineData("mode", "\"off\"", "mode", "'off'", "live, shadow")]
    [InlineData("mode", "7", "mode", "the number 7", "live, shadow")]
    [InlineData("startDate", "\"31.01.2026\"", "startDate", "31.01.2026", "2026-01-31")]
    [InlineData("syncInvoices", "\"yes\"", "syncInvoices", "'yes'", "true or false")]
    [InlineData("identifyCustomerBy", "\"Name\"", "identifyCustomerBy", "'Name'", "none, name, email")]
    [InlineData("syncFailureEmails", "[\"nobody\"]", "syncFailureEmails", "'nobody'", "e-mail address")]
    [InlineData("syncFailureEmails", "[1]", "syncFailureEmails", "a list", "a list of texts")]
    [InlineData("paymentModes", "{\"Check\": 1}", "paymentModes", "an object", "an object of texts")]
    [InlineData("paymentModes", "{\"Check\": \"a\", \"Check\": \"b\"}", "paymentModes", "'Check' twice", "once")]
    [InlineData("app", "\"other\"", "app", "'other'", "'zuper'")]
    [InlineData("invoice", "[]", "invoice", "a list", "an object")]
    [InlineData("invoice", "{\"statuses\": [\"SENT\"]}", "invoice.statuses", "'SENT'", "AWAIT_PAYMENT")]
    [InlineData(
        "invoice",
        "{\"tax\": {\"glAccountNo\": \"1\", \"accountLabel\": \"2\"}}",
        "invoice.tax.accountLabel",
        "glAccountNo",
        "one of the two"
    )]
    [InlineData("invoice", "{\"termname\": \"N30\"}", "invoice.termname", "no setting", "did you mean 'termName'")]
    [InlineData("invoice", "{\"colour\": \"N30\"}", "invoice.colour", "no setting", "known here are")]
    [InlineData("Mode", "\"live\"", "Mode", "no setting", "did you mean 'mode'")]
    [InlineData("zuper", "{}", "zuper.companyName", "missing", "API address")]
    [InlineData(
        "zuper",
        "{\"apiUrl\": \"https://evil.example\"}",
        "zuper.apiUrl",
        "https://evil.example",
        "*.zuperpro.com"
    )]
    [InlineData(
        "zuper",
        "{\"companyName\": \"z\", \"timeZone\": \"Mars/Base\"}",
        "zuper.timeZone",
        "Mars/Base",
        "America/Chicago"
    )]
    [InlineData(
        "intacct",
        "{\"senderId\": \"s\", \"companyId\": \" \", \"userId\": \"u\"}",
        "intacct.companyId",
        "missing",
        "required"
    )]
    [InlineData("invoiceLocationField", "\"\\ud800\"", "", "half a character", "whole")]
    public void A_wrong_field_says_what_was_found_and_what_is_allowed(
        string member,
        string value,
        string path,
        string found,
        string allowed
    )
    {
        var errors = new FieldErrors();
        var text = Least.TrimEnd()[..^1] + $", \"{member}\": {value}}}";
        Assert.Null(ConnectionDocument.Read(JsonElement.Parse(text), Rules, errors));
        var (where, texts) = Assert.Single(errors.ToDictionary());
        Assert.Equal(path, where);
        Assert.Contains(found, Assert.Single(texts), StringComparison.Ordinal);
        Assert.Contains(allowed, texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var errors = new FieldErrors();
        Assert.Null(ConnectionDocument.Read(JsonElement.Parse("{\"mode\": 1, \"colour\": 2}"), Rules, errors));
        Assert.Equal(
            ["colour", "intacct.companyId", "intacct.senderId", "intacct.userId", "mode", "zuper.companyName"],
            errors.ToDictionary().Keys.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("null", "keep")]
    [InlineData("\"\"", "keep")]
    [InlineData("{\"set\": true}", "keep")]
    [InlineData("{\"set\": false}", "clear")]
    [InlineData("\"canary\"", "set")]
    public void A_secret_is_kept_cleared_or_set(string value, string expected)
    {
        var json = JsonNode.Parse(Least)!;
        json["intacct"]!["senderPassword"] = JsonNode.Parse(value);
        var change = Read(json.ToJsonString()).Secrets[SecretField.SenderPassword];
        Assert.Equal((expected, expected == "set" ? "canary" : null), (change.ToString(), change.Value));
    }

    [Theory]
    [InlineData("[\"canary\"]")]
    [InlineData("{\"value\": \"canary\"}")]
    [InlineData("{\"set\": \"canary\"}")]
    [InlineData("7741")]
    public void A_secret_in_the_wrong_shape_is_refused_without_being_repeated(string value)
    {
        var json = JsonNode.Parse(Least)!;
        json["zuper"]!["apiKey"] = JsonNode.Parse(value);
        var errors = new FieldErrors();
        Assert.Null(ConnectionDocument.Read(JsonElement.Parse(json.ToJsonString()), Rules, errors));
        var text = Assert.Single(Assert.Single(errors.ToDictionary()).Value);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.DoesNotContain("7741", text, StringComparison.Ordinal);
    }

    private static ConnectionDocument Read(string json)
    {
        var errors = new FieldErrors();
        var document = ConnectionDocument.Read(JsonElement.Parse(json), Rules, errors);
        Assert.Empty(errors.ToDictionary());
        return document!;
    }
}
