using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class InvoiceMatchTests
{
    private const string Adopted = "adopted";

    private static readonly BookedInvoice Booked = Some.BookedInvoice();

    private static readonly Dictionary<string, BookedInvoice> Cases = new(StringComparer.Ordinal)
    {
        ["the same"] = Booked,
        ["partly paid"] = Booked with { State = BookedState.PartlyPaid },
        ["a draft"] = Booked with { State = BookedState.Draft },
        ["reversed"] = Booked with { State = BookedState.Reversed },
        ["another amount"] = Booked with { Total = 130 },
        ["another currency"] = Booked with { Currency = "EUR", BaseCurrency = "USD" },
        ["the base currency"] = Booked with { Currency = "USD", BaseCurrency = "USD" },
        ["another customer"] = Booked with { CustomerId = "C-2" },
        ["another customer and amount"] = Booked with { CustomerId = "C-2", Total = 130 },
        ["another number"] = Booked with { Number = "INV-2042" },
        ["a month before"] = Booked with { Date = new DateOnly(2026, 1, 3) },
        ["more than a month before"] = Booked with { Date = new DateOnly(2026, 1, 2) },
        ["of the next year"] = Booked with { Date = new DateOnly(2027, 2, 3) },
        ["without a date"] = Booked with { Date = null },
    };

    [Theory]
    [InlineData("51", "the same", Adopted)]
    [InlineData("INV-2041", "the same", Adopted)]
    [InlineData("51", "partly paid", Adopted)]
    [InlineData("51", "another number", Adopted)]
    [InlineData("51", "a draft", "sage-id-differs")]
    [InlineData("51", "reversed", "sage-id-differs")]
    [InlineData("51", "another amount", "sage-id-differs")]
    [InlineData("51", "another customer", "sage-id-differs")]
    [InlineData("51", "another currency", "sage-id-differs")]
    [InlineData("51", "the base currency", Adopted)]
    [InlineData("52", "the same", "sage-id-unknown")]
    [InlineData("51", "of the next year", Adopted)]
    [InlineData("INV-2041", "a month before", Adopted)]
    [InlineData("INV-2041", "of the next year", "sage-id-differs")]
    public void What_a_Sage_id_leads_to(string sageId, string booked, string expected) =>
        Assert.Equal(expected, BySageId(sageId, [Cases[booked]]));

    [Fact]
    public void A_Sage_id_that_fits_two_or_is_linked_to_another_record_needs_a_person()
    {
        Assert.Equal("sage-id-ambiguous", BySageId("INV-2041", [Booked, Some.BookedInvoice("52")]));
        Assert.Equal("sage-id-taken", BySageId("51", [Booked], owner: "another"));
        Assert.Equal(Adopted, BySageId("51", [Booked], owner: "this"));
    }

    [Theory]
    [InlineData("the same", Adopted, Adopted)]
    [InlineData("partly paid", Adopted, Adopted)]
    [InlineData("a draft", "number-taken", "number-taken")]
    [InlineData("another amount", "number-taken", "number-taken")]
    [InlineData("another customer", "number-taken", "number-taken")]
    [InlineData("another currency", "number-taken", "number-taken")]
    [InlineData("the base currency", Adopted, Adopted)]
    [InlineData("another customer and amount", null, "number-taken")]
    [InlineData("reversed", null, "number-taken")]
    [InlineData("another number", null, null)]
    [InlineData("a month before", Adopted, Adopted)]
    [InlineData("more than a month before", "number-taken", "number-taken")]
    [InlineData("of the next year", "number-taken", "number-taken")]
    [InlineData("without a date", "number-taken", "number-taken")]
    public void What_a_number_leads_to_before_and_after_Intacct_refused_it(
        string booked,
        string? before,
        string? refused
    )
    {
        Assert.Equal(before, ByNumber([Cases[booked]], refused: false));
        Assert.Equal(refused, ByNumber([Cases[booked]], refused: true));
    }

    [Fact]
    public void A_number_that_two_have_or_that_is_linked_to_another_record_needs_a_person()
    {
        Assert.Equal("number-taken", ByNumber([Booked, Some.BookedInvoice("52")], refused: false));
        Assert.Equal("number-taken", ByNumber([Booked], refused: false, owner: "another"));
        Assert.Equal(Adopted, ByNumber([Booked], refused: false, owner: "this"));
        Assert.Null(ByNumber([], refused: true));
    }

    private static string? BySageId(string sageId, BookedInvoice[] found, string? owner = null) =>
        Told(
            InvoiceMatch.BySageId(
                "this",
                new InvoiceDecision.CheckSageId(sageId, Some.InvoiceDraft()),
                Some.InvoiceContext(),
                found,
                Owners(owner)
            )
        );

    private static string? ByNumber(BookedInvoice[] found, bool refused, string? owner = null) =>
        Told(InvoiceMatch.ByNumber("this", Some.InvoiceDraft(), Some.InvoiceContext(), found, Owners(owner), refused));

    private static Dictionary<string, string> Owners(string? owner) =>
        owner is null ? [] : new Dictionary<string, string>(StringComparer.Ordinal) { ["51"] = owner };

    private static string? Told(InvoiceMatch? match) =>
        match switch
        {
            InvoiceMatch.Adopt => Adopted,
            InvoiceMatch.Reject reject => reject.Problem.Code,
            _ => null,
        };
}
