using IntacctSync.Core.Apps;
using IntacctSync.Simulators.Intacct;

namespace IntacctSync.Tests.Support;

/// <summary>A user of the simulated Intacct whose role gives some lines and nothing else.</summary>
/// <remarks>
/// Which objects a line of the role opens: the pages of developer.intacct.com name them by the words of the role. That
/// the applications of a payment belong to it is [assumed].
/// </remarks>
internal static class ExactRole
{
    private static readonly Dictionary<string, string[]> Objects = new(StringComparer.Ordinal)
    {
        ["Accounts Receivable > Customers"] = ["CUSTOMER"],
        ["Accounts Receivable > Invoices"] = ["ARINVOICE", "ARINVOICEITEM"],
        ["Accounts Receivable > Adjustments"] = ["ARADJUSTMENT", "ARADJUSTMENTITEM"],
        ["Accounts Receivable > Payments"] = ["ARPYMT", "ARPYMTDETAIL"],
        ["Accounts Receivable > Advances"] = ["ARADVANCE"],
        ["Accounts Receivable > AR terms"] = ["ARTERM"],
        ["Accounts Receivable > Account labels"] = ["ARACCOUNTLABEL"],
        ["Company > Contacts"] = ["CONTACT"],
        ["Company > Locations"] = ["LOCATION"],
        ["Company > Departments"] = ["DEPARTMENT"],
        ["Company > Classes"] = ["CLASS"],
        ["Company > Audit trail"] = ["AUDITHISTORY"],
        ["Projects > Projects"] = ["PROJECT"],
        ["General Ledger > Accounts"] = ["GLACCOUNT"],
        ["Cash Management > Checking and savings accounts"] = ["CHECKINGACCOUNT", "SAVINGSACCOUNT"],
        ["Inventory Control > Items"] = ["ITEM"],
        ["Order Entry > Order Entry transactions"] = ["SODOCUMENT", "SODOCUMENTENTRY"],
        ["Order Entry > Transaction definitions"] = ["SODOCUMENTPARAMS"],
    };

    private static readonly Dictionary<string, string[]> Operations = new(StringComparer.Ordinal)
    {
        ["view"] = ["QUERY", "READ", "READ_BY_NAME", "READ_BY_QUERY"],
        ["add"] = ["CREATE"],
        ["edit"] = ["UPDATE"],
        // The simulator counts a reversal as an update.
        ["reverse"] = ["UPDATE"],
        ["delete"] = ["DELETE"],
        ["print"] = ["PRINT"],
    };

    /// <exception cref="KeyNotFoundException">A line or level that no page of a role has.</exception>
    public static void Give(IntacctCompany company, string user, IReadOnlyList<RoleNeed> role)
    {
        company.AllowAll();
        var given = role.SelectMany(line =>
                Levels(line)
                    .SelectMany(level => Operations[level])
                    .SelectMany(operation => Objects[line.Name].Select(o => (Object: o, Operation: operation)))
            )
            .ToHashSet();
        foreach (var kind in Objects.Values.SelectMany(o => o))
        {
            foreach (var operation in Operations.Values.SelectMany(o => o).Distinct(StringComparer.Ordinal))
            {
                if (!given.Contains((kind, operation)))
                    company.Deny(user, kind, operation);
            }
        }
    }

    private static IEnumerable<string> Levels(RoleNeed line)
    {
        var levels = line.Level.Split(", ");
        Assert.Contains("list", levels);
        return levels.Where(level => level != "list");
    }
}
