using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Errors;
using static IntacctSync.Core.Intacct.Errors.IntacctErrorLevel;
using static IntacctSync.Core.Intacct.IntacctFailure;

namespace IntacctSync.Tests.Intacct.Errors;

public sealed class IntacctErrorsTests
{
    [Theory]
    [InlineData(
        Control,
        "XL03000003",
        "XML Parse schema error: Fatal Error 76: Opening and ending tag mismatch",
        Malformed
    )]
    [InlineData(
        Control,
        "XL03000003",
        "XML Parse error: Error 502: Value \"whatever\" for attribute object of get_list is not among the "
            + "enumerated set",
        Malformed
    )]
    [InlineData(Control, "XL03000006", "Incorrect Intacct XML Partner ID or password.", SenderRejected)]
    [InlineData(Control, "XL03000006", "nobody is not a valid transport policy.", Malformed)]
    [InlineData(Authentication, "XL03000006", "Sign-in information is incorrect", LoginRejected)]
    [InlineData(Authentication, "XL03000006", "Login information is incorrect", LoginRejected)]
    [InlineData(Authentication, "XL03000006", "Invalid Web Services Authorization", SenderNotAuthorized)]
    [InlineData(
        Authentication,
        "XL03000006",
        "The sender ID 'x' is not authorized to make Web Services requests to company ID 'y'.",
        SenderNotAuthorized
    )]
    [InlineData(Authentication, "XL03000006", "Invalid session q....", SessionInvalid)]
    [InlineData(Authentication, "", "Something that nobody has seen", LoginRejected)]
    [InlineData(
        Result,
        "XL03000009",
        "The entire transaction in this operation has been rolled back due to an error.",
        Unknown
    )]
    [InlineData(
        Result,
        "XL03000009",
        "There was an error processing the function. Object definition FOO not found",
        Malformed
    )]
    [InlineData(Result, "XL03000010", "Field requested is not valid: gldetail.STATUS", Malformed)]
    [InlineData(Result, "Query Failed", "Object definition BADOBJECT not found", Malformed)]
    [InlineData(Result, "WS", "Object definition X not found", Malformed)]
    [InlineData(Result, "Invalid fields list x", "", Malformed)]
    [InlineData(Control, "GW-0010", "", Throttled)]
    [InlineData(Control, "GW-0011", "Invalid Request [Request ID: AC47]", SenderRejected)]
    [InlineData(
        Control,
        "XMLGW_JPP0002",
        "Sign-in information is incorrect. Please check your request.",
        SenderRejected
    )]
    [InlineData(
        Result,
        "PL04000005",
        "You do not have permission for API operation READ_BY_QUERY on objects of type arinvoice",
        PermissionDenied
    )]
    [InlineData(Result, "", "Sorry, you do not have permission to view audit history", AuditDenied)]
    [InlineData(Control, "PL04000055", "This company is a demo company and has expired.", CompanyExpired)]
    [InlineData(Result, "PL05000104", "already exists", Duplicate)]
    [InlineData(Result, "PL01000127", "Document Number is missing", InvalidData)]
    [InlineData(Result, "BL34000061", "Another Contact with the given value(s)   already exists", Duplicate)]
    [InlineData(Result, "BL03002185", "A transaction with that number already exists", Duplicate)]
    [InlineData(Result, "BL01001973", "Could not create Customer record!", Unknown)]
    [InlineData(Result, "BL01001973", "Cannot find customer with key '1' to delete.", NotFound)]
    [InlineData(Result, "BL01001973", "No record exits for the recordkey '12'.", NotFound)]
    [InlineData(Result, "BL01001973", "No record exists for the recordkey '12'.", NotFound)]
    [InlineData(Result, "BL01001973", "Exchange rate not found for EUR to USD", Unknown)]
    [InlineData(Result, "BL01001973", "Location 100 not found", Unknown)]
    [InlineData(Result, "BL01001973", "Customer 'Duplicate & Sons already exists' is busy", Unknown)]
    [InlineData(Result, "BL01001973", "Customer \"Try again later Ltd\" is busy", Unknown)]
    [InlineData(
        Result,
        "BL01001973",
        "Duplicate account number The account number '5000.11' already exists",
        Duplicate
    )]
    [InlineData(
        Result,
        "BL01001973",
        "Currently, we can't create the transaction. Check the transaction for errors or inconsistencies, then "
            + "try again.",
        InvalidData
    )]
    [InlineData(
        Result,
        "BL01001973",
        "Currently, we can’t create the transaction. Check the transaction for errors or inconsistencies, then "
            + "try again.",
        InvalidData
    )]
    [InlineData(
        Result,
        "BL03000018",
        "Illegal format for Contactversion : Primary Email Address @aeon.org.",
        InvalidData
    )]
    [InlineData(Result, "BL03000018", "Missing unit", InvalidData)]
    [InlineData(Result, "BL03000018", "GL account requires a location", InvalidData)]
    [InlineData(Result, "BL03000025", "Login ID unittest does not exist.", InvalidData)]
    [InlineData(Result, "BL03000130", "The invoice is already paid", Duplicate)]
    [InlineData(
        Result,
        "BL03002101",
        "Remove the extra line item in the request, then reclassify the bill.",
        InvalidData
    )]
    [InlineData(Result, "BL03002128", "Enter a Bill number, and try again.", InvalidData)]
    [InlineData(Result, "DL02000001", "There was an error processing the request.", Transient)]
    [InlineData(Authentication, "DL03000006", "the company title x does not exist", LoginRejected)]
    [InlineData(Result, "", "Customer 'x' specified is not valid.", InvalidData)]
    [InlineData(Result, "", "Account 4000 is not valid", InvalidData)]
    [InlineData(Result, "", "GL account is restricted by location", InvalidData)]
    [InlineData(Result, "", "The account number '4000' requires a department", InvalidData)]
    [InlineData(Result, "", "This transaction is missing the Location dimension for the Account 4000", InvalidData)]
    [InlineData(Result, "", "Transaction with the number 'x' already exists", Duplicate)]
    [InlineData(Result, "", "Date Due cannot be earlier than date of transaction", InvalidData)]
    [InlineData(Result, "", "Your transaction date is within a period that's been closed", InvalidData)]
    [InlineData(Result, "", "Date must be on or after 01/01/2026", InvalidData)]
    [InlineData(Result, "XX99", "The function with control id 'is-1' was already executed", ReplayRefused)]
    [InlineData(Result, "ZZ00000001", "Nobody has seen this", Unknown)]
    public void Each_known_error_has_its_one_meaning(
        IntacctErrorLevel level,
        string number,
        string text,
        IntacctFailure failure
    ) => Assert.Equal(failure, new IntacctErrorChain(level, [Error(number, text)]).Failure);

    [Fact]
    public void The_first_error_that_is_no_mere_consequence_decides()
    {
        var chain = new IntacctErrorChain(
            Result,
            [
                Error("XL03000009", "rolled back"),
                Error("BL01001973", "Could not create X"),
                Error("PL01000127", "Document Number is missing"),
                Error("BL34000061", "already exists"),
            ]
        );
        Assert.Equal(("PL01000127", InvalidData), (chain.Cause!.Number, chain.Failure));
    }

    [Fact]
    public void A_number_that_says_nothing_leaves_it_to_the_request_to_come_back_later() =>
        Assert.Equal(
            Transient,
            new IntacctErrorChain(
                Result,
                [Error("QQ1", "Busy"), new IntacctError("BL01001973", "", "Could not", "Please Try Again Later")]
            ).Failure
        );

    [Fact]
    public void A_duplicate_that_says_to_try_again_later_is_still_a_duplicate() =>
        Assert.Equal(
            Duplicate,
            new IntacctErrorChain(
                Result,
                [new IntacctError("BL34000061", "", "already exists", "Please Try Again Later")]
            ).Failure
        );

    [Fact]
    public void A_document_that_was_rolled_back_without_a_cause_goes_through_the_next_time()
    {
        Assert.Equal(
            Transient,
            new IntacctErrorChain(
                Result,
                [Error("BL01001973", "Could not create Document record!"), Error("XL03000009", "rolled back")]
            ).Failure
        );
        Assert.Equal(
            Unknown,
            new IntacctErrorChain(
                Result,
                [Error("BL01001973", "Could not create Customer record!"), Error("XL03000009", "rolled back")]
            ).Failure
        );
    }

    [Fact]
    public void Nothing_said_is_nothing_known() => Assert.Equal(Unknown, IntacctErrorChain.Empty.Failure);

    [Fact]
    public void Texts_are_compared_without_support_ids_tags_and_blanks_and_logged_with_them()
    {
        var error = new IntacctError(
            "BL1",
            "",
            "Bad <b>value</b>   here [Support ID: ab%7Ecd]",
            "Fix < it [Request ID: 7]"
        );
        Assert.Equal("Bad value here Fix < it", error.ComparableText);
        Assert.Equal("ab~cd", error.SupportId);
        Assert.Contains("[Support ID: ab%7Ecd]", error.Text, StringComparison.Ordinal);
    }

    private static IntacctError Error(string number, string text) => new(number, "", text, "");
}
