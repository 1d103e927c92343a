using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices.Books;

public sealed class BookedReaderTests
{
    private static readonly KeyMapEntry ByHand = Some.Row(ZuperFlows.Invoices, Some.Uid(41), "INV-2041");

    private static readonly KeyMapEntry Written = ByHand with { TargetId = "51", NaturalKey = "INV-2041@C-1" };

    private static readonly BookedInvoice OfOrderEntry = Some.BookedInvoice("52") with { MadeByOrderEntry = true };

    [Fact]
    public void The_invoice_that_an_edit_of_its_document_made_takes_the_place_of_the_former_one()
    {
        Assert.Equal("52", BookedReader.Only(Written, [OfOrderEntry])?.TargetId);
        Assert.Null(BookedReader.Only(Written, [Some.BookedInvoice("52")]));
        Assert.Null(BookedReader.Only(Written, [OfOrderEntry with { CustomerId = "C-2" }]));
        Assert.Null(BookedReader.Only(Written, [OfOrderEntry with { State = BookedState.Reversed }]));
    }

    [Fact]
    public void One_that_a_person_linked_by_its_number_is_the_only_one_with_that_number()
    {
        Assert.Equal("52", BookedReader.Only(ByHand, [Some.BookedInvoice("52")])?.TargetId);
        Assert.Null(BookedReader.Only(ByHand, [Some.BookedInvoice("52") with { Number = "INV-2042" }]));
        Assert.Null(BookedReader.Only(ByHand, [Some.BookedInvoice("52"), Some.BookedInvoice("53")]));
    }
}
