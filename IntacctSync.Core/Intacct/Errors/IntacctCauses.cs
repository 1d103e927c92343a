using System.Text.RegularExpressions;

namespace IntacctSync.Core.Intacct.Errors;

/// <summary>
/// The one table that gives refusals of a transaction a code per cause, so that a person who mends one cause can retry
/// all of it.
/// </summary>
/// <remarks>
/// <see cref="IntacctErrors"/> says first what kind of failure it is, and this table does not change that. The first
/// line that matches decides. What people named their records is taken out of the text before: a customer may be called
/// "Location". Numbers and texts: developer.intacct.com, and answers of live companies.
/// </remarks>
public static partial class IntacctCauses
{
    public const string AlreadyPaid = "already-paid";
    public const string NumberTaken = "number-taken";
    public const string NumberMissing = "number-missing";
    public const string AmountMissing = "amount-missing";
    public const string UnitMissing = "unit-missing";
    public const string PeriodClosed = "period-closed";
    public const string DueDateEarly = "due-date-early";
    public const string AccountRestricted = "account-restricted";
    public const string LocationMissing = "location-missing";
    public const string DepartmentMissing = "department-missing";
    public const string DimensionMissing = "dimension-missing";
    public const string AccountInvalid = "account-invalid";
    public const string ItemUnknown = "item-unknown";
    public const string CustomerUnknown = "customer-unknown";
    public const string LocationUnknown = "location-unknown";
    public const string DepartmentUnknown = "department-unknown";
    public const string ClassUnknown = "class-unknown";
    public const string ProjectUnknown = "project-unknown";

    private static readonly CauseRule[] Table =
    [
        new(AlreadyPaid, "BL03000130"),
        new(NumberTaken, "BL03002185"),
        new(NumberTaken, null, "Transaction with the number", "already exists"),
        new(NumberMissing, "PL01000127"),
        new(NumberMissing, "BL03002128"),
        new(AmountMissing, "BL03002101"),
        new(UnitMissing, null, "Missing unit"),
        new(PeriodClosed, null, "period", "closed"),
        new(PeriodClosed, null, "Date must be on or after"),
        new(DueDateEarly, null, "Date Due cannot be earlier"),
        new(AccountRestricted, null, "restricted by"),
        new(LocationMissing, null, "requires a location"),
        new(LocationMissing, null, "missing the Location dimension"),
        new(DepartmentMissing, null, "requires a department"),
        new(DepartmentMissing, null, "missing the Department dimension"),
        new(DimensionMissing, null, "account", "requires a"),
        new(DimensionMissing, null, "missing the", "dimension"),
        new(AccountInvalid, null, "Account", "is not valid"),
        new(ItemUnknown, null, "Item", "is not valid"),
        new(CustomerUnknown, null, "Customer", "is not valid"),
        new(LocationUnknown, null, "Location", "is not valid"),
        new(DepartmentUnknown, null, "Department", "is not valid"),
        new(ClassUnknown, null, "Class", "is not valid"),
        new(ProjectUnknown, null, "Project", "is not valid"),
    ];

    /// <summary>Every code there is.</summary>
    public static IReadOnlyList<string> All { get; } =
    [.. Table.Select(static rule => rule.Code).Distinct(StringComparer.Ordinal)];

    /// <summary>The code of the chain's cause; null if no line matches.</summary>
    public static string? CodeOf(IntacctErrorChain chain)
    {
        if (chain.Level is not IntacctErrorLevel.Result || chain.Cause is not { } cause)
            return null;
        IEnumerable<IntacctError> looked = IntacctErrors.IsConsequence(cause) ? chain : [cause];
        return looked.Select(CodeOf).FirstOrDefault(code => code is not null);
    }

    private static string? CodeOf(IntacctError error)
    {
        var text = Names().Replace(error.ComparableText.Replace('’', '\''), "''");
        return Array.Find(Table, rule => rule.Matches(error, text))?.Code;
    }

    [GeneratedRegex(@"(?<!\w)'(?:[^']|(?<=\w)'(?=\w))*'(?!\w)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();
}

/// <summary>
/// One line of the table of causes. A number that is null matches any; the texts must all be found, in any case.
/// </summary>
internal sealed record CauseRule(string Code, string? Number, params string[] Texts)
{
    public bool Matches(IntacctError error, string text) =>
        (Number is null || string.Equals(Number, error.Number, StringComparison.OrdinalIgnoreCase))
        && Texts.All(text.ContainsIgnoringCase);
}
