using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Errors;
using static IntacctSync.Core.Intacct.Errors.IntacctCauses;
using static IntacctSync.Core.Intacct.Errors.IntacctErrorLevel;

namespace IntacctSync.Tests.Intacct.Errors;

public sealed class IntacctCausesTests
{
    [Theory]
    [InlineData("BL03000130", "The invoice is already paid", AlreadyPaid)]
    [InlineData("BL03002185", "A transaction with that number already exists", NumberTaken)]
    [InlineData("", "Transaction with the number 'x' already exists", NumberTaken)]
    [InlineData("PL01000127", "Document Number is missing", NumberMissing)]
    [InlineData("BL03002128", "Enter a Bill number, and try again.", NumberMissing)]
    [InlineData("BL03002101", "Remove the extra line item in the request, then reclassify the bill.", AmountMissing)]
    [InlineData("BL03000018", "Missing unit", UnitMissing)]
    [InlineData("BL03000018", "GL account requires a location", LocationMissing)]
    [InlineData("", "This transaction is missing the Location dimension for the Account 4000", LocationMissing)]
    [InlineData("", "The account number '4000' requires a department", DepartmentMissing)]
    [InlineData("", "The account number '4000' requires a project", DimensionMissing)]
    [InlineData("", "This transaction is missing the Class dimension for the Account 4000", DimensionMissing)]
    [InlineData("", "Your transaction date is within a period that's been closed", PeriodClosed)]
    [InlineData("", "Your transaction date is within a period that’s been closed", PeriodClosed)]
    [InlineData("BL01001973", "Date must be on or after 01/01/2026", PeriodClosed)]
    [InlineData("", "Date Due cannot be earlier than date of transaction", DueDateEarly)]
    [InlineData("", "Account 4000 is not valid", AccountInvalid)]
    [InlineData(
        "",
        "The specified GL account '4000' : 'Sales' is not valid. GL account is restricted by location",
        AccountRestricted
    )]
    [InlineData("", "Department 'SAL' is restricted by GL account.", AccountRestricted)]
    [InlineData("", "Customer 'x' specified is not valid.", CustomerUnknown)]
    [InlineData("", "Customer 'Location of O'Neil's Item Account' specified is not valid.", CustomerUnknown)]
    [InlineData("", "Item ID 'x' is not valid", ItemUnknown)]
    [InlineData("", "Location 'x' is not valid", LocationUnknown)]
    [InlineData("", "Department 'x' is not valid", DepartmentUnknown)]
    [InlineData("", "Class 'x' is not valid", ClassUnknown)]
    [InlineData("", "Project 'x' is not valid", ProjectUnknown)]
    [InlineData("BL01001973", "Exchange rate not found for EUR to USD on 03/01/2026", ExchangeRateMissing)]
    [InlineData("BL01001973", "Exchange rate not found for location 100", ExchangeRateMissing)]
    [InlineData("BL01001973", "Location 100 not found", LocationUnknown)]
    [InlineData("", "The location does not exist. Choose a customer.", LocationUnknown)]
    [InlineData("", "Location is required for a multi-entity company", LocationMissing)]
    [InlineData("", "Term Net 45 not found", TermUnknown)]
    [InlineData("", "Bill to contact 'Ada' is not valid", ContactUnknown)]
    [InlineData("", "Accounting period for 01/01/2031 not found", PeriodUnknown)]
    public void Each_cause_has_its_code_and_a_fix_of_its_own(string number, string text, string code)
    {
        var errors = Chain(Error(number, text));
        Assert.Equal(code, CodeOf(errors));
        var failure = IntacctFailures.Of(errors.Failure, errors.ToString(), errors);
        Assert.Equal((FailureClass.Data, code), (failure.Class, failure.Problem.Code));
    }

    [Fact]
    public void Every_code_has_a_fix_that_is_not_the_general_one()
    {
        var fixes = All.Select(code => IntacctFixes.Of(code)).ToList();
        Assert.Distinct(fixes, StringComparer.Ordinal);
        Assert.DoesNotContain(IntacctFixes.Of("?"), fixes, StringComparer.Ordinal);
        Assert.All(fixes, fix => Assert.Matches("^[A-Z].{10,}[.]$", fix));
    }

    [Fact]
    public void The_cause_of_a_chain_decides_and_not_what_follows_from_it() =>
        Assert.Equal(
            PeriodClosed,
            CodeOf(
                Chain(
                    Error("BL01001973", "Could not create Document record!"),
                    Error("QQ1", "The period is closed"),
                    Error("", "Location 'x' is not valid"),
                    Error("XL03000009", "rolled back")
                )
            )
        );

    [Fact]
    public void What_no_line_knows_keeps_the_code_of_its_kind()
    {
        var errors = Chain(Error("BL34000061", "Another Contact with the given value(s) already exists"));
        Assert.Null(CodeOf(errors));
        Assert.Equal("intacct-duplicate", IntacctFailures.Of(errors.Failure, "?", errors).Problem.Code);
    }

    [Fact]
    public void A_text_that_nobody_knows_says_that_it_is_unknown_and_promises_nothing_about_the_counterpart()
    {
        var errors = Chain(Error("ZZ1", "The widget was not found in the frob"));
        var problem = IntacctFailures.Of(errors.Failure, errors.ToString(), errors).Problem;
        Assert.Equal("intacct-unknown", problem.Code);
        Assert.Contains("does not know", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_that_is_refused_is_no_cause_of_a_record() =>
        Assert.Null(CodeOf(new IntacctErrorChain(Authentication, [Error("", "Location 'x' is not valid")])));

    [Fact]
    public void What_stops_the_connection_or_passes_is_not_made_a_fault_of_the_record()
    {
        var errors = Chain(Error("PL04000005", "You do not have permission: Location 'x' is not valid"));
        Assert.Equal("intacct-permission", IntacctFailures.Of(errors.Failure, "?", errors).Problem.Code);
        Assert.Equal(
            "intacct-throttled",
            IntacctFailures.Of(IntacctFailure.Throttled, "?", Chain(Error("", "Missing unit"))).Problem.Code
        );
    }

    private static IntacctErrorChain Chain(params IntacctError[] errors) => new(Result, errors);

    private static IntacctError Error(string number, string text) => new(number, "", text, "");
}
