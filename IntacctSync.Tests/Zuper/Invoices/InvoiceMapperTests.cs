using System.Globalization;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class InvoiceMapperTests
{
    private static readonly ZuperInvoice Plain = Some.Invoice(129, Some.InvoiceLine("Tune-up", 1, 129));

    [Theory]
    [InlineData("America/Chicago", "2026-02-03T06:00:00Z", "2026-02-03")]
    [InlineData("Asia/Kolkata", "2021-07-25T18:30:00Z", "2021-07-26")]
    [InlineData("America/Chicago", "2026-03-06T05:59:00Z", "2026-03-05")]
    [InlineData("America/Chicago", "2026-03-08T06:00:00Z", "2026-03-08")]
    [InlineData("America/Chicago", "2026-03-09T04:59:00Z", "2026-03-08")]
    [InlineData("America/Chicago", "2026-11-01T05:00:00Z", "2026-11-01")]
    [InlineData("America/Chicago", "2026-11-02T05:59:00Z", "2026-11-01")]
    [InlineData("Pacific/Auckland", "2026-04-04T10:59:00Z", "2026-04-04")]
    [InlineData("UTC", "2026-02-03T00:00:00Z", "2026-02-03")]
    [InlineData("America/Los_Angeles", "2026-02-03T00:00:00Z", "2026-02-03")]
    [InlineData("America/Los_Angeles", "2026-02-02T16:00:00-08:00", "2026-02-03")]
    [InlineData("Pacific/Kiritimati", "2026-02-03T00:00:00Z", "2026-02-03")]
    [InlineData("America/Los_Angeles", "2026-02-03T00:01:00Z", "2026-02-02")]
    public void Dates_are_calendar_dates_where_the_account_is(string zone, string at, string day)
    {
        var settings = Some.BookingSettings() with { Zuper = Some.Settings().Zuper with { TimeZone = zone } };
        var (expected, time) = (
            DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)
        );
        Assert.Equal(expected, InvoiceMapper.DateOf(time, settings));
        Assert.Equal(expected, InvoiceFlow.FactsOf(Some.Invoice(10) with { InvoiceDate = time }, settings).Date);
    }

    [Theory]
    [InlineData("America/Los_Angeles")]
    [InlineData("Pacific/Auckland")]
    public void A_date_without_a_time_is_that_day_everywhere(string zone)
    {
        var json = Some.InvoiceJson();
        json["invoice_date"] = "2026-02-03";
        json["due_date"] = "2026-03-05";
        var settings = Some.BookingSettings() with { Zuper = Some.Settings().Zuper with { TimeZone = zone } };
        var invoice = ZuperInvoiceReader.Read(System.Text.Json.JsonElement.Parse(json.ToJsonString()))!;
        Assert.Equal(
            (new DateOnly(2026, 2, 3), new DateOnly(2026, 3, 5)),
            (InvoiceMapper.DateOf(invoice.InvoiceDate, settings), InvoiceMapper.DateOf(invoice.DueDate, settings))
        );
    }

    [Theory]
    [InlineData("x<y && y>z", "x<y && y>z")]
    [InlineData("a<b && b>c", "a<b && b>c")]
    [InlineData("if a<i> then", "if a<i> then")]
    [InlineData("1 &lt; 2", "1 &lt; 2")]
    [InlineData("<p>x&lt;y</p>", "x<y")]
    [InlineData("<P class=\"a\">one<br/>two</P>", "one two")]
    [InlineData("<ul><li>one<li>two</ul>", "one two")]
    [InlineData("see <a href='https://a.example/?b>c'>this</a>", "see this")]
    public void Only_markup_is_taken_out_of_a_text(string text, string plain) =>
        Assert.Equal(plain, InvoiceText.Plain(text));

    [Theory]
    [InlineData(45, null)]
    [InlineData(46, "reference-too-long")]
    public void A_reference_number_that_Intacct_can_not_take_whole_is_told(int length, string? code)
    {
        var invoice = Some.Invoice(129, Some.InvoiceLine("Tune-up", 1, 129)) with
        {
            ReferenceNo = new string('7', length),
        };
        var mapped = InvoiceMapper.Map(invoice, Some.BookingSettings());
        Assert.Equal(code, Assert.IsType<Mapped<InvoiceDraft>.Document>(mapped).Value.ReferenceProblem?.Code);
    }

    [Fact]
    public void Long_texts_are_named_with_their_lengths_and_only_a_few_of_them()
    {
        var words = new string('x', 990);
        var invoice = Some.Invoice(129, Some.InvoiceLine("Tune-up", 1, 129)) with { Description = $"<p>{words}</p>" };
        Assert.Null(InvoiceText.Cut(invoice));
        invoice = invoice with { Description = $"<p>{words} and some more</p>" };
        Assert.Contains("the description (1004 of 1000)", InvoiceText.Cut(invoice), StringComparison.Ordinal);
        var lines = Enumerable.Repeat(Some.InvoiceLine(words, 1, 1) with { Description = "twenty characters" }, 200);
        invoice = invoice with { Lines = [.. lines] };
        Assert.Contains(
            "the text of line 3 (1009 of 1000), and 197 more",
            InvoiceText.Cut(invoice),
            StringComparison.Ordinal
        );
        Assert.True(InvoiceText.Cut(invoice)!.Length < KeyMapEntry.LongestText);
    }

    [Fact]
    public void A_custom_field_that_can_not_be_read_needs_a_person_and_is_no_empty_one()
    {
        var settings = Some.BookingSettings() with { InvoiceLocationField = "Branch" };
        var invoice = Plain with { CustomFields = [new("Branch", "") { Unreadable = """{"uid": "u-1"}""" }] };
        var rejected = Assert.IsType<Mapped<InvoiceDraft>.Rejected>(InvoiceMapper.Map(invoice, settings));
        Assert.Equal("custom-field-unreadable", rejected.Problem.Code);
        Assert.Contains("Branch", rejected.Problem.Message, StringComparison.Ordinal);
        Assert.IsType<Mapped<InvoiceDraft>.Document>(InvoiceMapper.Map(invoice, Some.BookingSettings()));
    }

    [Fact]
    public void A_blank_behind_the_prefix_is_kept_in_the_number_and_makes_no_other_invoice()
    {
        var without = Plain with { Prefix = "INV", DisplayNumber = "INV2041" };
        var with = Plain with { Prefix = "INV ", DisplayNumber = "INV 2041" };
        Assert.Equal("INV 2041", Draft(with).Number);
        Assert.Equal(Draft(without).Hash.Identity, Draft(with).Hash.Identity);
    }

    [Fact]
    public void An_invoice_is_dated_numbered_and_described()
    {
        var draft = Draft(
            Plain with
            {
                ReferenceNo = " PO\t8812 ",
                Description = "<p>February &amp; March</p>",
                PaymentTermName = "Net 30",
            }
        );
        Assert.Equal(
            ("INV-2041", new DateOnly(2026, 2, 3), new DateOnly(2026, 3, 5)),
            (draft.Number, draft.Date, draft.DueDate)
        );
        Assert.Equal(("PO 8812", "February & March", "Net 30"), (draft.ReferenceNo, draft.Description, draft.TermName));
    }

    [Fact]
    public void What_an_invoice_lacks_is_named()
    {
        (string Code, ZuperInvoice Invoice)[] all =
        [
            ("invoice-without-number", Plain with { DisplayNumber = null }),
            ("invoice-number-too-long", Plain with { DisplayNumber = new string('9', 42) }),
            ("invoice-without-date", Plain with { InvoiceDate = null }),
            ("due-date-early", Plain with { DueDate = Plain.InvoiceDate!.Value.AddDays(-1) }),
            ("invoice-without-lines", Some.Invoice(0)),
        ];
        foreach (var (code, invoice) in all)
            Assert.Equal(
                code,
                Assert
                    .IsType<Mapped<InvoiceDraft>.Rejected>(InvoiceMapper.Map(invoice, Some.BookingSettings()))
                    .Problem.Code
            );
    }

    [Fact]
    public void A_memo_is_the_name_and_what_the_description_adds()
    {
        (string? Name, string? Description, string Memo)[] all =
        [
            ("Tune-up", null, "Tune-up"),
            ("Tune-up", "<b>tune-up</b>", "Tune-up"),
            ("Tune-up", "Roof unit", "Tune-up: Roof unit"),
            (null, "Roof unit", "Roof unit"),
            ("Bolt <5mm>", null, "Bolt <5mm>"),
        ];
        foreach (var (name, description, memo) in all)
            Assert.Equal(
                memo,
                Draft(Some.Invoice(1, Some.InvoiceLine("", 1, 1) with { Name = name, Description = description }))
                    .Lines[0]
                    .Memo
            );
        Assert.Equal(1000, Draft(Some.Invoice(1, Some.InvoiceLine(new string('x', 3000), 1, 1))).Lines[0].Memo.Length);
    }

    [Theory]
    [InlineData("INV-7", 0, "INV-7")]
    [InlineData("INV-7", 1, "INV-7-2")]
    [InlineData("INV-7", 2, "INV-7-3")]
    public void A_number_that_a_reversed_invoice_has_gets_a_suffix(string number, int revision, string expected) =>
        Assert.Equal(expected, InvoiceMapper.NumberInIntacct(number, revision));

    [Fact]
    public void Payments_status_and_settings_do_not_touch_the_hash()
    {
        var hash = Hash(Plain);
        Assert.Equal(
            hash,
            Hash(
                Plain with
                {
                    Status = "PAID",
                    AmountPaid = 129,
                    AmountDue = 0,
                    Payments = [new ZuperInvoicePayment { Amount = 129 }],
                    UpdatedAt = null,
                }
            )
        );
        Assert.Equal(hash, Hash(Plain with { Total = 129.00m, Lines = [Some.InvoiceLine("Tune-up", 1.0m, 129.000m)] }));
        Assert.Equal(
            hash,
            InvoiceHash.Of(
                Plain,
                Some.Settings() with
                {
                    Zuper = Some.Settings().Zuper with { TimeZone = "Asia/Kolkata" },
                }
            )
        );
        Assert.Equal(hash, InvoiceHash.Parse(hash.ToString()));
    }

    [Fact]
    public void What_a_person_changes_in_Zuper_does()
    {
        var line = Plain.Lines[0];
        ZuperInvoice[] changed =
        [
            Plain with
            {
                DisplayNumber = "INV-2042",
            },
            Plain with
            {
                OrganizationUid = Some.Uid(2),
            },
            Plain with
            {
                InvoiceDate = Plain.InvoiceDate!.Value.AddDays(1),
            },
            Plain with
            {
                DueDate = null,
            },
            Plain with
            {
                ReferenceNo = "PO",
            },
            Plain with
            {
                Description = "x",
            },
            Plain with
            {
                PaymentTermName = "Net 15",
            },
            Plain with
            {
                Lines = [line with { Quantity = 2 }],
            },
            Plain with
            {
                Lines = [line with { UnitPrice = 130 }],
            },
            Plain with
            {
                Lines = [line with { Name = "x" }],
            },
            Plain with
            {
                Lines = [line with { ProductUid = Some.Uid(9) }],
            },
            Plain with
            {
                Lines = [line, line],
            },
            Plain with
            {
                TotalDiscount = 1,
            },
            Plain with
            {
                Taxes = [new(null, "TX", 1, 1)],
            },
            Plain with
            {
                Fees = [new("Trip", 1)],
            },
            Plain with
            {
                Total = 130,
            },
        ];
        Assert.All(changed, c => Assert.False(Hash(Plain).Covers(Hash(c))));
    }

    [Fact]
    public void Another_field_for_a_dimension_says_nothing_but_another_value_in_it_does()
    {
        var withBranch = Plain with { CustomFields = [new ZuperCustomField("Branch", "100")] };
        var settings = Some.BookingSettings() with { InvoiceLocationField = "Branch" };
        Assert.True(InvoiceHash.Of(withBranch, Some.BookingSettings()).Covers(InvoiceHash.Of(withBranch, settings)));
        Assert.False(
            InvoiceHash
                .Of(withBranch, settings)
                .Covers(InvoiceHash.Of(Plain with { CustomFields = [new ZuperCustomField("Branch", "200")] }, settings))
        );
    }

    [Fact]
    public void The_currency_is_named_where_the_settings_name_one()
    {
        var draft = Draft(Plain);
        var context = new InvoiceContext
        {
            CustomerId = "C-1",
            Number = "INV-2041",
            ExternalId = "Z1",
        };
        var settings = Some.BookingSettings();
        Assert.Null(Fields(settings).Currency);
        settings = settings with
        {
            Invoice = settings.Invoice with { Currency = "CAD", ExchangeRateType = "Bank Rate" },
        };
        Assert.Equal(new InvoiceCurrency(null, "CAD", "Bank Rate"), Fields(settings).Currency);

        InvoiceFields Fields(ZuperConnectionSettings by) =>
            Assert.IsType<Mapped<InvoiceFields>.Document>(InvoiceAsReceivable.Of(draft, context, by)).Value;
    }

    private static InvoiceDraft Draft(ZuperInvoice invoice) =>
        Assert.IsType<Mapped<InvoiceDraft>.Document>(InvoiceMapper.Map(invoice, Some.BookingSettings())).Value;

    private static InvoiceHash Hash(ZuperInvoice invoice) => InvoiceHash.Of(invoice, Some.BookingSettings());
}
