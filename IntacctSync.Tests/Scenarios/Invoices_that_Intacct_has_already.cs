using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Invoices_that_Intacct_has_already : InvoiceRoadTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_with_the_number_the_customer_and_the_amount_is_adopted(bool perCustomer)
    {
        Intacct.Options.InvoiceNumbersPerCustomer = perCustomer;
        await BooksAsync();
        var recordNo = await BookAsync("INV-2001", SageId(Organization)!, 129);
        var uid = MakeInvoice();
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(recordNo, InvoiceId(uid));
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task One_with_the_number_and_another_amount_needs_a_person_who_is_told_which_it_is()
    {
        await BooksAsync();
        var recordNo = await BookAsync("INV-2001", SageId(Organization)!, 200);
        var uid = MakeInvoice();
        await RestAsync();

        await AssertNeedsAsync(uid, "number-taken");
        var problem = (await InvoiceEntryAsync(uid)).Problem!;
        Assert.All(
            new[] { recordNo, SageId(Organization)!, "200.00" },
            part => Assert.Contains(part, problem.Message, StringComparison.Ordinal)
        );
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task Another_customers_number_is_in_the_way_where_numbers_are_the_companys()
    {
        await BooksAsync();
        var other = MakeOrganization("Quayside Hotels");
        await RestAsync();
        await BookAsync("INV-2001", SageId(other)!, 129);
        var uid = MakeInvoice();
        await RestAsync();
        await AssertNeedsAsync(uid, "number-taken");
        Assert.Contains(SageId(other)!, (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 2)]
    [InlineData(129, 1)]
    public async Task Where_each_customer_has_its_own_numbers_another_ones_is_in_the_way_only_if_the_amount_is_the_same(
        decimal amount,
        int booked
    )
    {
        Intacct.Options.InvoiceNumbersPerCustomer = true;
        await BooksAsync();
        var other = MakeOrganization("Quayside Hotels");
        await RestAsync();
        await BookAsync("INV-2001", SageId(other)!, amount);
        var uid = MakeInvoice();
        await RestAsync();
        Assert.Equal(booked, Invoices.Count);
        if (booked == 2)
            await AssertSyncedAsync(uid);
        else
            await AssertNeedsAsync(uid, "number-taken");
    }

    [Fact]
    public async Task One_of_a_former_year_with_the_number_and_the_amount_is_not_adopted_and_its_date_is_told()
    {
        await BooksAsync();
        Intacct.Screens.PostInvoice(SageId(Organization)!, "INV-2001", 129, new DateOnly(2025, 3, 2));
        Intacct.Screens.Pay(SageId(Organization)!, [("INV-2001", 129)]);
        var uid = MakeInvoice();
        await RestAsync();
        await AssertNeedsAsync(uid, "number-taken");
        Assert.Contains("dated 2025-03-02", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);

        Zuper.Screens.Edit(uid, i => i["invoice_no"] = 2501);
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal(2, Invoices.Count);
    }

    [Fact]
    public async Task A_booking_without_an_answer_is_not_taken_for_one_of_a_former_year()
    {
        Intacct.Options.InvoiceNumbersPerCustomer = true;
        await BooksAsync();
        Intacct.Screens.PostInvoice(SageId(Organization)!, "INV-2001", 129, new DateOnly(2025, 3, 2));
        var uid = MakeInvoice(i => i["invoice_status"] = "DRAFT");
        await RestAsync();
        var intent = new Core.KeyMap.Intent(
            new ControlId("ours"),
            1,
            Core.KeyMap.Intent.Create,
            "create_invoice",
            "<create_invoice />",
            "hash",
            BookedInvoice.KeyOf("INV-2001", SageId(Organization)!),
            Clock.GetUtcNow()
        )
        {
            Total = 129,
            Date = new DateOnly(2026, 3, 2),
        };
        await Process
            .Get<Core.KeyMap.KeyMapStore>()
            .SaveAsync([(await InvoiceEntryAsync(uid)) with { Intent = intent, Intents = 1 }], Forever);
        Zuper.Screens.Edit(uid, i => i["remarks"] = "touched");
        await RestAsync();
        var entry = await InvoiceEntryAsync(uid);
        Assert.Equal(("number-taken", null), (entry.Problem?.Code, entry.TargetId));
        Assert.Contains("dated 2025-03-02", entry.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_with_the_number_is_not_adopted()
    {
        await BooksAsync();
        await BookAsync("INV-2001", SageId(Organization)!, 129, draft: true);
        var uid = MakeInvoice();
        await RestAsync();
        await AssertNeedsAsync(uid, "number-taken");
        Assert.Contains("a draft", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Assert.Equal("Draft", Assert.Single(Invoices)["STATE"]);
    }

    [Fact]
    public async Task A_document_of_Order_Entry_is_not_made_over_an_invoice_with_its_number()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Document = InvoiceDocument.OrderEntry }));
        var recordNo = await BookAsync("INV-2001", SageId(Organization)!, 200);
        var product = Zuper.Screens.Create(
            ZuperModules.Product,
            new JsonObject
            {
                ["product_name"] = "Tune-up",
                ["product_id"] = "SVC-HVAC",
                ["product_category"] = ZuperCategories.Services,
                ["product_type"] = "SERVICE",
            }
        );
        var uid = MakeInvoice(Line("Tune-up", 1, 129, l => l["product_uid"] = product));
        await RestAsync();
        await AssertNeedsAsync(uid, "number-taken");
        Assert.Contains(
            $"{recordNo}, customer {SageId(Organization)}, 200.00",
            (await InvoiceEntryAsync(uid)).Problem!.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(Documents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_id_that_stood_in_Zuper_is_adopted_if_customer_and_amount_are_the_same(bool byNumber)
    {
        await BooksAsync();
        var recordNo = await BookAsync("OLD-7", SageId(Organization)!, 129);
        var uid = MakeInvoice(Carrying(byNumber ? "OLD-7" : recordNo));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(recordNo, InvoiceId(uid));
        Assert.Single(Invoices);

        EditLines(uid, lines => lines[0]!["unit_price"] = 130);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("130", Assert.Single(Invoices)["TRX_TOTALENTERED"]);
    }

    [Fact]
    public async Task An_id_that_is_unknown_or_another_invoices_needs_a_person()
    {
        await BooksAsync();
        await BookAsync("OLD-7", SageId(Organization)!, 500);
        var (unknown, differs) = (MakeInvoice(Carrying("OLD-8")), MakeInvoice(Carrying("OLD-7")));
        await RestAsync();
        await AssertNeedsAsync(unknown, "sage-id-unknown");
        await AssertNeedsAsync(differs, "sage-id-differs");
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task A_copied_invoice_that_took_the_id_along_shows_itself()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        var copy = Zuper.Screens.Copy(uid);
        Zuper.Screens.SetStatus(copy, "AWAIT_PAYMENT");
        await RestAsync();
        await AssertNeedsAsync(copy, "sage-id-taken");
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task An_invoice_that_Order_Entry_made_anew_keeps_its_link()
    {
        await BooksAsync();
        Intacct.Options.InvoiceNumbersPerCustomer = true;
        var uid = MakeInvoice();
        await RestAsync();
        var before = Booked(uid);
        Intacct.Screens.DeleteInvoice("INV-2001");
        var anew = await BookAsync("INV-2001", before["CUSTOMERID"], 129, orderEntry: true);
        Zuper.Screens.EditField(uid, "Note", "touched");
        Zuper.Screens.Edit(uid, i => i["remarks"] = "");
        Zuper.Screens.Edit(uid, i => i["description"] = "Changed");
        await RestAsync();

        var entry = await InvoiceEntryAsync(uid);
        Assert.Equal(anew, entry.TargetId);
        Assert.Contains(entry.Timeline, t => t.What == "relinked");
        await AssertNeedsAsync(uid, "invoice-of-order-entry");
    }

    [Fact]
    public async Task Two_invoices_of_one_number_are_never_both_booked()
    {
        Intacct.Options.InvoiceNumbersPerCustomer = true;
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        var (one, two) = (MakeInvoice(), MakeInvoice());
        Zuper.WebhooksEnabled = true;
        Zuper.Screens.Edit(two, i => i["invoice_no"] = 2001);
        Zuper.Screens.Edit(one, i => i["remarks"] = "go");
        await RestAsync();
        await AssertSyncedAsync(one);
        await AssertNeedsAsync(two, "number-taken");
        Assert.Single(Invoices);
    }

    private static Action<JsonObject> Carrying(string id) =>
        i => i["custom_fields"] = new JsonArray(Field("Sage Invoice ID", id));

    /// <summary>An invoice that is there without us.</summary>
    private async Task<string> BookAsync(
        string number,
        string customerId,
        decimal amount,
        bool orderEntry = false,
        bool draft = false
    )
    {
        var function = orderEntry
            ? OrderEntryRequests.Create(
                new ControlId("by-hand"),
                new OrderEntryFields
                {
                    TransactionType = "Sales Invoice",
                    CustomerId = customerId,
                    Date = new DateOnly(2026, 3, 2),
                    TermName = "Net 30",
                    DocumentNo = number,
                    Lines =
                    [
                        new OrderEntryLine
                        {
                            ItemId = "SVC-HVAC",
                            Quantity = 1,
                            Price = amount,
                        },
                    ],
                }
            )
            : InvoiceRequests.Create(
                new ControlId("by-hand"),
                new InvoiceFields
                {
                    CustomerId = customerId,
                    Date = new DateOnly(2026, 3, 2),
                    TermName = "Net 30",
                    InvoiceNo = number,
                    Lines =
                    [
                        new InvoiceLine
                        {
                            GlAccountNo = "4000",
                            Amount = amount,
                            Memo = "By hand",
                        },
                    ],
                }
            );
        if (draft)
            function = function with
            {
                Xml = function.Xml.Replace(
                    "<invoiceno>",
                    "<action>Draft</action><invoiceno>",
                    StringComparison.Ordinal
                ),
            };
        var credentials = new IntacctCredentials(
            "sandbox-sender",
            "sandbox-sender-password",
            "sandbox",
            "sandbox-user",
            "sandbox-user-password",
            null
        );
        var client = Process.Get<IntacctClient>();
        var sent = await PassAsync(() => client.SendAsync(credentials, [function], uniqueId: false, Forever));
        Assert.Null(sent.Results[0].Failure);
        return Intacct.Screens.InvoiceNo(number).ToString(CultureInfo.InvariantCulture);
    }
}
