namespace IntacctSync.Core.Intacct.Errors;

/// <summary>
/// The one table that gives refusals of a transaction a code per cause, so that a person who mends one cause can retry
/// all of it.
/// </summary>
/// <remarks>
/// Looked at after <see cref="IntacctErrors"/> has said what kind of failure it is; it changes nothing about that. The
/// number decides first, then a text that has one cause, then the object that is said to be missing or not valid
/// (<see cref="UnusableObject"/>). Numbers and texts: developer.intacct.com, and answers of live companies.
/// </remarks>
public static class IntacctCauses
{
    public const string AlreadyPaid = "already-paid";
    public const string NumberTaken = "number-taken";
    public const string NumberMissing = "number-missing";
    public const string AmountMissing = "amount-missing";
    public const string UnitMissing = "unit-missing";
    public const string PeriodClosed = "period-closed";
    public const string PeriodUnknown = "period-unknown";
    public const string DueDateEarly = "due-date-early";
    public const string ExchangeRateMissing = "exchange-rate-missing";
    public const string AccountRestricted = "account-restricted";
    public const string LocationMissing = "location-missing";
    public const string DepartmentMissing = "department-missing";
    public const string DimensionMissing = "dimension-missing";
    public const string AccountInvalid = "account-invalid";
    public const string ItemUnknown = "item-unknown";
    public const string CustomerUnknown = "customer-unknown";
    public const string ContactUnknown = "contact-unknown";
    public const string TermUnknown = "term-unknown";
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
        new(LocationMissing, null, "location", "is required"),
        new(LocationMissing, null, "specify a location"),
        new(LocationMissing, null, "must have a location"),
        new(DepartmentMissing, null, "requires a department"),
        new(DepartmentMissing, null, "missing the Department dimension"),
        new(DepartmentMissing, null, "department", "is required"),
        new(DimensionMissing, null, "account", "requires a"),
        new(DimensionMissing, null, "missing the", "dimension"),
    ];

    private static readonly Dictionary<string, string> OfObjects = new(StringComparer.OrdinalIgnoreCase)
    {
        ["exchange rate"] = ExchangeRateMissing,
        ["account"] = AccountInvalid,
        ["item"] = ItemUnknown,
        ["customer"] = CustomerUnknown,
        ["contact"] = ContactUnknown,
        ["term"] = TermUnknown,
        ["location"] = LocationUnknown,
        ["entity"] = LocationUnknown,
        ["department"] = DepartmentUnknown,
        ["class"] = ClassUnknown,
        ["project"] = ProjectUnknown,
        ["period"] = PeriodUnknown,
        ["unit"] = UnitMissing,
    };

    /// <summary>Every code there is.</summary>
    public static IReadOnlyList<string> All { get; } =
    [.. Table.Select(static rule => rule.Code).Concat(OfObjects.Values).Distinct(StringComparer.Ordinal)];

    /// <summary>The code of the chain's cause; null when nothing here knows it.</summary>
    public static string? CodeOf(IntacctErrorChain chain)
    {
        if (chain.Level is not IntacctErrorLevel.Result || chain.Cause is not { } cause)
            return null;
        IEnumerable<IntacctError> looked = IntacctErrors.IsConsequence(cause) ? chain : [cause];
        return looked.Select(CodeOf).FirstOrDefault(code => code is not null);
    }

    private static string? CodeOf(IntacctError error)
    {
        var text = error.TextWithoutNames;
        return Array.Find(Table, rule => rule.Matches(error, text))?.Code
            ?? (UnusableObject.In(text) is { } named ? OfObjects[named] : null);
    }
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
