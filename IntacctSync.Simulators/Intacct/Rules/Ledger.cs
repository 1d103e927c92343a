using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// What all transactions ask of the books: open periods, customers, terms, contacts. Texts without a source are
/// [assumed].
/// </summary>
internal static class Ledger
{
    /// <summary>What follows the cause where a transaction is not made.</summary>
    public const string NotMade =
        "Currently, we can't create the transaction. Check the transaction for errors or inconsistencies, then "
        + "try again.";

    /// <exception cref="RefusedException">The date is in a closed period; the number of this refusal is
    /// unknown.</exception>
    public static void RequireOpen(WriteContext context, DateOnly date)
    {
        if (context.Books.ClosedThrough is { } closed && date <= closed)
            throw RefusedException.Generic("Your transaction date is within a period that's been closed");
    }

    public static StoredRecord Customer(WriteContext context, string id)
    {
        var customer = context.Table("CUSTOMER").Find(id);
        return customer is not null && customer["STATUS"] == "active"
            ? customer
            : throw RefusedException.Invalid($"Customer '{id}' specified is not valid.");
    }

    public static StoredRecord Term(WriteContext context, string name) =>
        context.Table("ARTERM").Find(name)
        ?? throw RefusedException.Invalid($"The term '{name}' specified is not valid.");

    public static StoredRecord Contact(WriteContext context, string name) =>
        context.Table("CONTACT").Find(name)
        ?? throw RefusedException.Invalid($"Contact '{name}' specified is not valid.");

    public static bool IsUsable(StoredRecord? record) => record is not null && record["STATUS"] != "inactive";

    /// <summary>A preference of the company; empty where it has none of that name.</summary>
    public static string Preference(WriteContext context, string application, string name) =>
        context
            .Table("COMPANYPREF")
            .Rows(null)
            .FirstOrDefault(p => p["APPLICATION"] == application && p["PREFERENCE"] == name)
            ?["PREFVALUE"]
        ?? "";

    /// <summary>A company with a tax solution (VAT, GST) needs one named on every transaction.</summary>
    public static void RequireTaxSolution(WriteContext context, string solution)
    {
        var solutions = context.Table("TAXSOLUTION");
        if (solution.Length > 0 && !IsUsable(solutions.Find(solution)))
            throw RefusedException.Invalid($"Tax solution '{solution}' is not valid");
        if (solution.Length == 0 && solutions.Rows(null).Any(IsUsable))
            throw RefusedException.Invalid("A tax solution is required for this transaction");
    }
}
