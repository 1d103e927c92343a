using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>The comparison of both sides, field by field of an invoice.</summary>
public sealed class What_differs_of_an_invoice_is_named : InvoiceRoadTest
{
    [Fact]
    public async Task Its_term_and_dimensions()
    {
        await BooksAsync(s =>
            WithInvoice(s with { InvoiceLocationField = "Branch" }, i => i with { DepartmentField = "Team" })
        );
        var uid = MakeInvoice(i =>
        {
            i["payment_term"] = ZuperPaymentTerms.Net30;
            i["custom_fields"] = new JsonArray(Field("Branch", "100"), Field("Team", "SVC"));
        });
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal([], await CompareAsync());

        Zuper.WebhooksEnabled = false;
        Tamper("ARINVOICE", InvoiceId(uid)!, ("TERMNAME", "Net 15"));
        foreach (var line in LinesOf(uid).ToList())
            Tamper("ARINVOICEITEM", line["RECORDNO"], ("LOCATIONID", "200"), ("DEPARTMENTID", "SAL"));
        var number = Booked(uid)["RECORDID"];
        Assert.Equal(
            [
                $"invoices {number} department 'SVC' 'SAL' changedByHand",
                $"invoices {number} location '100' '200' changedByHand",
                $"invoices {number} term 'Net 30' 'Net 15' changedByHand",
            ],
            await CompareAsync()
        );

        var explained = (
            await Process.Get<Explainer>().ExplainAsync(await ConnectionAsync(), ZuperFlows.Invoices, uid, Forever)
        )!;
        Assert.Equal(["term", "location", "department"], explained.Differences.Select(d => d.Field));
        Assert.Equal("200", explained.Counterpart!["location"]!.ToString());
    }

    [Fact]
    public async Task What_was_edited_on_its_lines_by_hand()
    {
        await BooksAsync();
        var (uid, other) = (
            MakeInvoice(Line("Tune-up", 1, 129), Line("Filter", 2, 18.25m), Line("Filter", 1, 20)),
            MakeInvoice(
                i =>
                {
                    i["total_discount"] = 10;
                    i["discount"] = new JsonObject { ["type"] = "FIXED", ["discount_applicability"] = "INVOICE" };
                    i["tax"] = new JsonArray(new JsonObject { ["tax_name"] = "TX", ["tax_amount"] = 20.12 });
                },
                Line("Tune-up", 1, 129)
            )
        );
        await RestAsync();
        Assert.Equal([], await CompareAsync());

        Zuper.WebhooksEnabled = false;
        var (lines, others) = (LinesOf(uid).ToList(), LinesOf(other).ToList());
        Tamper("ARINVOICEITEM", lines[1]["RECORDNO"], ("ENTRYDESCRIPTION", "Air filter"));
        Tamper("ARINVOICEITEM", lines[2]["RECORDNO"], ("TRX_AMOUNT", "30"), ("AMOUNT", "30"));
        Tamper("ARINVOICEITEM", others[1]["RECORDNO"], ("TRX_AMOUNT", "-5"), ("AMOUNT", "-5"));
        var (first, second) = (Booked(uid)["RECORDID"], Booked(other)["RECORDID"]);
        Assert.Equal(
            [
                $"invoices {first} line 2 text 'Filter' 'Air filter' changedByHand",
                $"invoices {first} line 3 amount '20.00' '30.00' changedByHand",
                $"invoices {second} line 2 amount '-10.00' '-5.00' changedByHand",
            ],
            (await CompareAsync()).Where(d => d.Contains(" line", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_price_of_Order_Entry_as_far_as_its_decimals_are_kept()
    {
        await BooksAsync(s =>
            WithInvoice(s, i => i with { Document = InvoiceDocument.OrderEntry, DefaultLocationId = "100" })
        );
        var product = Zuper.Screens.Create(
            ZuperModules.Product,
            new()
            {
                ["product_name"] = "HVAC Tune-up",
                ["product_id"] = "SVC-HVAC",
                ["product_type"] = "PRODUCT",
                ["product_category"] = ZuperCategories.Parts,
                ["price"] = 129,
            }
        );
        MakeInvoice(Line("HVAC Tune-up", 3, 33.333333333333336m, l => l["product_uid"] = product));
        await RestAsync();
        Zuper.WebhooksEnabled = false;
        var line = Assert.Single(Intacct.Company.Records("SODOCUMENTENTRY"))["RECORDNO"];
        Tamper("SODOCUMENTENTRY", line, ("UIPRICE", "33.3333333333"));
        Assert.Equal([], await CompareAsync());
        Tamper("SODOCUMENTENTRY", line, ("UIPRICE", "33.34"));
        Assert.EndsWith(
            "line 1 price '33.333333' '33.34' changedByHand",
            Assert.Single(await CompareAsync()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_on_lines_that_are_refused_is_not_compared_and_the_report_says_so()
    {
        await BooksAsync();
        MakeInvoice(Line("Tune-up", 1, 129));
        await RestAsync();
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = "functionError",
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["object"] = "ARINVOICEITEM" },
                Times = 0,
            }.With("description2", "You do not have permission to list these.")
        );
        var (summary, differences) = await Process.ReconcileAsync(
            await ConnectionAsync(),
            PassAsync,
            ZuperFlows.Invoices
        );
        Assert.Equal([], differences);
        var told = Assert.Single(summary["flows"]![0]!["notCompared"]!.AsArray())!;
        Assert.Equal(1, (int)told["count"]!);
        Assert.StartsWith("Its lines are not compared", (string)told["why"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_many_lines_it_has_where_an_accountant_has_divided_one()
    {
        await BooksAsync();
        var uid = MakeInvoice(Line("Tune-up", 1, 129));
        await RestAsync();
        Zuper.WebhooksEnabled = false;
        var line = LinesOf(uid).Single();
        Tamper("ARINVOICEITEM", line["RECORDNO"], ("TRX_AMOUNT", "100"), ("AMOUNT", "100"));
        Intacct.Company.Change(context =>
        {
            var table = context.Table("ARINVOICEITEM");
            var first = table.Find(int.Parse(line["RECORDNO"], CultureInfo.InvariantCulture))!;
            var second = new Dictionary<string, string>(first.Values, StringComparer.Ordinal)
            {
                ["LINE_NO"] = "2",
                ["TRX_AMOUNT"] = "29",
                ["AMOUNT"] = "29",
            };
            context.Books.Insert(table, second, context.Stamp);
            return 0;
        });
        var number = Booked(uid)["RECORDID"];
        Assert.Equal(
            [
                $"invoices {number} line 1 amount '129.00' '100.00' changedByHand",
                $"invoices {number} lines '1' '2' changedByHand",
            ],
            (await CompareAsync()).Where(d => d.Contains(" line", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task What_was_edited_by_hand_in_Intacct_just_after_a_payment()
    {
        await BooksAsync(s => s with { DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid });
        var uid = MakeInvoice();
        await RestAsync();
        Clock.Advance(TimeSpan.FromMinutes(3));
        Zuper.WebhooksEnabled = false;
        Zuper.Screens.Pay(uid, 129);
        Tamper("ARINVOICE", InvoiceId(uid)!, ("CUSTOMERID", "OTHER"), ("WHENDUE", "05/01/2026"));
        var number = Booked(uid)["RECORDID"];
        Assert.Equal(
            [
                $"invoices {number} customer '{SageId(Organization)}' 'OTHER' changedByHand",
                $"invoices {number} dueDate '2026-04-01' '2026-05-01' changedByHand",
                $"invoices {number} paid '129.00' '0.00' paidOtherwise",
            ],
            await CompareAsync()
        );
    }

    [Fact]
    public async Task One_that_is_cancelled_in_Zuper_and_could_not_be_reversed()
    {
        await BooksAsync();
        var (paid, free) = (MakeInvoice(), MakeInvoice());
        await RestAsync();
        Intacct.Screens.Pay(SageId(Organization)!, [(Booked(paid)["RECORDID"], 29)]);
        Zuper.Screens.SetStatus(paid, "CANCELED");
        Zuper.Screens.SetStatus(free, "CANCELED");
        await RestAsync();
        Assert.Equal(RecordState.NeedsAction, (await InvoiceEntryAsync(paid)).State);
        await AssertSyncedAsync(free);
        var differences = await CompareAsync();
        Assert.Equal(
            $"invoices {Booked(paid)["RECORDID"]} state 'out of the books' 'in the books' needsPerson",
            Assert.Single(differences)
        );
    }

    [Fact]
    public async Task One_that_was_deleted_in_Zuper_and_reversed_is_equal()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Zuper.Screens.Delete(uid);
        await RestAsync();
        Assert.Equal(
            "Reversed",
            Intacct.Company.Record("ARINVOICE", (await InvoiceEntryAsync(uid)).TargetId!)!["STATE"]
        );
        Assert.Equal([], await CompareAsync());
    }

    private async Task<IReadOnlyList<string>> CompareAsync() =>
        (await Process.ReconcileAsync(await ConnectionAsync(), PassAsync, ZuperFlows.Invoices)).Differences;
}
