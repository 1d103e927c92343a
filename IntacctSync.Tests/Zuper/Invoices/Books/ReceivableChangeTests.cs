using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices.Books;

public sealed class ReceivableChangeTests
{
    private static readonly ZuperInvoice Invoice = Some.Invoice(
        312.95m,
        Some.InvoiceLine("Tune-up", 2, 120),
        Some.InvoiceLine("Filter", 3, 18.25m)
    ) with
    {
        Taxes = [new(null, "TX", null, 18.2m)],
        ReferenceNo = "PO 1",
    };

    private static readonly BookedInvoice Booked = new()
    {
        TargetId = "51",
        RecordNo = "51",
        Number = "INV-2041",
        CustomerId = "C-1",
        Total = 312.95m,
        Date = new DateOnly(2026, 2, 3),
        DueDate = new DateOnly(2026, 3, 5),
        TermName = "Net 30",
        ReferenceNo = "PO 1",
    };

    private static readonly BookedLine[] Lines =
    [
        new()
        {
            Number = 1,
            Amount = 240,
            Memo = "Tune-up",
            GlAccountNo = "4000",
        },
        new()
        {
            Number = 2,
            Amount = 54.75m,
            Memo = "Filter",
            GlAccountNo = "4000",
        },
        new()
        {
            Number = 3,
            Amount = 18.2m,
            Memo = "Tax: TX",
            GlAccountNo = "2200",
        },
    ];

    [Fact]
    public void What_is_so_already_is_not_written() => Assert.IsType<InvoiceChange.None>(Change(Invoice));

    /// <summary>Earlier versions cut it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reference_that_was_cut_before_holds_up_no_other_change_and_is_not_written(bool isKnown)
    {
        var was = Invoice with { ReferenceNo = new string('7', 60), Description = "First" };
        var booked = Booked with { ReferenceNo = new string('7', 45), Description = "First" };
        Assert.Equal(
            """<update_invoice key="51"><description>Second</description></update_invoice>""",
            Xml(Change(was with { Description = "Second" }, booked: booked, known: isKnown ? was : null))
        );
    }

    [Fact]
    public void A_reference_that_becomes_too_long_needs_a_person_and_is_not_cut()
    {
        var now = Invoice with { ReferenceNo = new string('7', 46), Description = "Second" };
        var reject = Assert.IsType<InvoiceChange.Reject>(Change(now, known: Invoice));
        Assert.Equal("reference-too-long", reject.Problem.Code);

        // Where an accountant has changed it as well, Zuper's old one is no reason to ask.
        var booked = Booked with
        {
            ReferenceNo = "PO 7",
        };
        Assert.IsType<InvoiceChange.Write>(Change(now, booked: booked, known: now with { Description = "First" }));
    }

    [Fact]
    public void A_changed_line_is_changed_by_its_number_and_keeps_its_account() =>
        Assert.Equal(
            """<update_invoice key="51"><updateinvoiceitems><updatelineitem line_num="2"><amount>73.00</amount></updatelineitem></updateinvoiceitems></update_invoice>""",
            Xml(
                Change(
                    Invoice with
                    {
                        Lines = [Invoice.Lines[0], Some.InvoiceLine("Filter", 4, 18.25m)],
                        Total = 331.2m,
                    },
                    [Lines[0], Lines[1] with { GlAccountNo = "4010" }, Lines[2]]
                )
            )
        );

    [Fact]
    public void A_line_that_comes_before_the_tax_does_not_touch_the_tax() =>
        Assert.Equal(
            """<update_invoice key="51"><updateinvoiceitems><lineitem><glaccountno>4000</glaccountno><amount>45.00</amount><memo>Trip</memo><customerid>C-1</customerid></lineitem></updateinvoiceitems></update_invoice>""",
            Xml(Change(Invoice with { Lines = [.. Invoice.Lines, Some.InvoiceLine("Trip", 1, 45)], Total = 357.95m }))
        );

    [Fact]
    public void A_line_that_becomes_a_tax_takes_the_taxs_account()
    {
        var change = Change(
            Invoice with
            {
                Lines = [Invoice.Lines[0]],
                Taxes = [new(null, "TX", null, 18.2m), new(null, "City", null, 5)],
                Total = 263.2m,
            }
        );
        Assert.Contains(
            """<updatelineitem line_num="2"><glaccountno>2200</glaccountno><amount>5.00</amount><memo>Tax: City</memo>""",
            Xml(change),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_line_that_becomes_another_one_keeps_nothing_of_the_former() =>
        Assert.Equal(
            """<update_invoice key="51"><updateinvoiceitems><updatelineitem line_num="2"><glaccountno>4000</glaccountno><amount>60.00</amount><memo>Trip</memo><locationid /><itemid /><classid /></updatelineitem></updateinvoiceitems></update_invoice>""",
            Xml(
                Change(
                    Invoice with
                    {
                        Lines = [Invoice.Lines[0], Some.InvoiceLine("Trip", 1, 60)],
                        Total = 318.2m,
                    },
                    [
                        Lines[0],
                        Lines[1] with
                        {
                            ItemId = "FLT-16",
                            ClassId = "RES",
                            LocationId = "100",
                            GlAccountNo = "4010",
                        },
                        Lines[2],
                    ]
                )
            )
        );

    [Fact]
    public void A_removed_line_cannot_be_expressed() =>
        Assert.Equal(
            "invoice-line-removed",
            Assert
                .IsType<InvoiceChange.WithoutUpdate>(
                    Change(Invoice with { Lines = [Invoice.Lines[0]], Total = 258.2m })
                )
                .Code
        );

    [Fact]
    public void The_order_of_lines_does_not_matter() =>
        Assert.IsType<InvoiceChange.None>(Change(Invoice with { Lines = [Invoice.Lines[1], Invoice.Lines[0]] }));

    [Theory]
    [InlineData(BookedState.Paid)]
    [InlineData(BookedState.PartlyPaid)]
    public void Amounts_of_what_is_paid_stay(object state)
    {
        var paid = Booked with { State = (BookedState)state };
        var changed = Change(
            Invoice with
            {
                Lines = [.. Invoice.Lines, Some.InvoiceLine("Trip", 1, 45)],
                Total = 357.95m,
            },
            Lines,
            paid
        );
        Assert.Equal("invoice-paid", Assert.IsType<InvoiceChange.Reject>(changed).Problem.Code);
        Assert.Equal(
            """<update_invoice key="51"><ponumber>PO 2</ponumber></update_invoice>""",
            Xml(Change(Invoice with { ReferenceNo = "PO 2" }, Lines, paid))
        );
    }

    [Fact]
    public void What_is_empty_in_Zuper_clears_nothing_and_what_the_settings_gave_is_not_compared() =>
        Assert.IsType<InvoiceChange.None>(
            Change(
                Invoice with
                {
                    ReferenceNo = null,
                },
                [.. Lines.Select(l => l with { LocationId = "100", GlAccountNo = "9999" })],
                Booked with
                {
                    Description = "By hand",
                    TermName = "Net 60",
                }
            )
        );

    [Fact]
    public void Lines_that_an_accountant_has_divided_stay_until_a_line_changes_in_Zuper()
    {
        BookedLine[] divided =
        [
            Lines[0] with
            {
                Amount = 200,
                DepartmentId = "SAL",
            },
            .. Lines[1..],
            Lines[0] with
            {
                Number = 4,
                Amount = 40,
                Memo = "Divided",
            },
        ];
        Assert.Equal(
            """<update_invoice key="51"><ponumber>PO 2</ponumber></update_invoice>""",
            Xml(Change(Invoice with { ReferenceNo = "PO 2" }, divided, known: Invoice))
        );
        Assert.IsType<InvoiceChange.None>(Change(Invoice, divided, known: Invoice));
        var changed = Invoice with
        {
            Lines = [Invoice.Lines[0], Some.InvoiceLine("Filter", 4, 18.25m)],
            Total = 331.2m,
        };
        Assert.Equal(
            "invoice-line-removed",
            Assert.IsType<InvoiceChange.WithoutUpdate>(Change(changed, divided, known: Invoice)).Code
        );
    }

    [Fact]
    public void A_dimension_that_changes_in_Zuper_reaches_every_line_that_Intacct_has()
    {
        var settings = Some.BookingSettings() with { InvoiceLocationField = "Branch" };
        var before = Invoice with { CustomFields = [new ZuperCustomField("Branch", "100")] };
        var after = Invoice with { CustomFields = [new ZuperCustomField("Branch", "200")] };
        BookedLine[] divided =
        [
            .. Lines.Select(l => l with { LocationId = "100" }),
            Lines[0] with
            {
                Number = 4,
                Amount = 40,
                Memo = "Divided",
                LocationId = "100",
            },
        ];
        var xml = Xml(Change(after, divided, known: before, settings: settings));
        Assert.Equal(4, xml.Split("<locationid>200</locationid>").Length - 1);
        Assert.Contains("""<updatelineitem line_num="4"><amount>40.00</amount>""", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_a_line_that_Intacct_has_no_line_for_any_more_needs_a_person()
    {
        InvoiceDraft Draft(string hours)
        {
            var draft = DraftOf(Invoice);
            return draft with
            {
                Lines =
                [
                    draft.Lines[0],
                    draft.Lines[1] with
                    {
                        CustomFields = Some.CustomFields(("HOURS", hours)),
                    },
                    .. draft.Lines.Skip(2),
                ],
            };
        }

        InvoiceChange Merged(string hours)
        {
            var wanted = Assert
                .IsType<Mapped<InvoiceFields>.Document>(
                    InvoiceAsReceivable.Of(Draft(hours), Context, Some.BookingSettings())
                )
                .Value;
            return ReceivableChange.Of(
                Draft(hours),
                wanted,
                Booked,
                [Lines[0] with { Amount = 294.75m }, Lines[2] with { Number = 2 }],
                changes: new InvoiceFieldChanges(Fingerprints.Of(InvoiceFieldChanges.AfterCreate(Draft("1"))))
            );
        }

        Assert.IsType<InvoiceChange.None>(Merged("1"));
        foreach (var hours in new[] { "2", "" })
            Assert.Equal("invoice-lines-unclear", Assert.IsType<InvoiceChange.Reject>(Merged(hours)).Problem.Code);
    }

    [Fact]
    public void A_line_whose_text_changes_keeps_what_an_accountant_has_chosen_for_its_product()
    {
        var tune = Invoice.Lines[0] with { ProductUid = "p-1" };
        var before = Invoice with { Lines = [tune, Invoice.Lines[1]] };
        var after = Invoice with { Lines = [tune with { Description = "Both units" }, Invoice.Lines[1]] };
        Assert.Equal(
            """<update_invoice key="51"><updateinvoiceitems><updatelineitem line_num="1"><amount>240.00</amount><memo>Tune-up: Both units</memo></updatelineitem></updateinvoiceitems></update_invoice>""",
            Xml(
                Change(
                    after,
                    [Lines[0] with { DepartmentId = "SAL", GlAccountNo = "4010" }, .. Lines[1..]],
                    known: before
                )
            )
        );
    }

    [Fact]
    public void What_Order_Entry_made_is_changed_there() =>
        Assert.Equal(
            "invoice-of-order-entry",
            Assert
                .IsType<InvoiceChange.Reject>(
                    Change(Invoice with { ReferenceNo = "PO 2" }, Lines, Booked with { MadeByOrderEntry = true })
                )
                .Problem.Code
        );

    [Theory]
    [InlineData(null, "C-1", "INV-9", null)]
    [InlineData(null, "C-2", "INV-2041", "invoice-customer-changed")]
    [InlineData(true, "C-2", "INV-9", null)]
    [InlineData(false, "C-1", "INV-9", "invoice-number-changed")]
    [InlineData(false, "C-2", "INV-2041", "invoice-customer-changed")]
    [InlineData(false, "C-1", "INV-2041", null)]
    public void Number_and_customer_are_looked_at_where_they_changed_or_are_not_known(
        bool? same,
        string customerId,
        string number,
        string? code
    ) =>
        Assert.Equal(
            code,
            (
                InvoiceLimits.Of(Context, Booked with { CustomerId = customerId, Number = number }, same)
                as InvoiceChange.WithoutUpdate
            )?.Code
        );

    private static InvoiceContext Context { get; } =
        new()
        {
            CustomerId = "C-1",
            Number = "INV-2041",
            ExternalId = "Z1",
        };

    private static InvoiceChange Change(
        ZuperInvoice invoice,
        IReadOnlyList<BookedLine>? lines = null,
        BookedInvoice? booked = null,
        ZuperInvoice? known = null,
        ZuperConnectionSettings? settings = null
    )
    {
        settings ??= Some.BookingSettings();
        var draft = DraftOf(invoice, settings);
        var wanted = Assert
            .IsType<Mapped<InvoiceFields>.Document>(InvoiceAsReceivable.Of(draft, Context, settings))
            .Value;
        return ReceivableChange.Of(
            draft,
            wanted,
            booked ?? Booked,
            lines ?? Lines,
            changes: known is null
                ? null
                : new InvoiceFieldChanges(Fingerprints.Of(InvoiceFieldChanges.AfterCreate(DraftOf(known, settings))))
        );
    }

    private static InvoiceDraft DraftOf(ZuperInvoice invoice, ZuperConnectionSettings? settings = null) =>
        Assert
            .IsType<Mapped<InvoiceDraft>.Document>(InvoiceMapper.Map(invoice, settings ?? Some.BookingSettings()))
            .Value;

    private static string Xml(InvoiceChange change) =>
        Assert.IsType<InvoiceChange.Write>(change).Build(new ControlId("is-1")).Xml;
}
