using IntacctSync.Core.Upflow;

namespace IntacctSync.Tests.Upflow;

public sealed class UpflowRoleTests
{
    private static readonly UpflowConnectionSettings Nothing = new()
    {
        SyncCustomers = false,
        SyncInvoices = false,
        SyncCreditNotes = false,
        SyncPayments = false,
    };

    public static TheoryData<string, UpflowConnectionSettings, string[]> Lists =>
        new()
        {
            { "nothing", Nothing, ["Audit trail: list, view"] },
            {
                "customers",
                Nothing with
                {
                    SyncCustomers = true,
                },
                ["Customers: list, view", "Contacts: list, view", "Audit trail: list, view"]
            },
            {
                "invoices",
                Nothing with
                {
                    SyncInvoices = true,
                },
                ["Invoices: list, view", "Adjustments: list, view", "Audit trail: list, view"]
            },
            {
                "payments",
                Nothing with
                {
                    SyncPayments = true,
                },
                ["Payments: list, view", "Advances: list, view", "Audit trail: list, view"]
            },
            {
                "receipts to a bank",
                Nothing with
                {
                    SyncReceipts = true,
                    Receipts = new ReceiptSettings { BankAccountId = "BANK" },
                },
                [
                    "Invoices: list, view",
                    "Payments: list, view, add, reverse",
                    "Checking and savings accounts: list, view",
                    "Audit trail: list, view",
                ]
            },
            {
                "receipts to an account",
                Nothing with
                {
                    SyncReceipts = true,
                    Receipts = new ReceiptSettings { UndepositedFundsAccountNo = "1000" },
                },
                [
                    "Invoices: list, view",
                    "Payments: list, view, add, reverse",
                    "Accounts: list, view",
                    "Audit trail: list, view",
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Lists))]
    public void The_least_role_is_of_what_is_on(string name, UpflowConnectionSettings settings, string[] expected) =>
        Assert.True(
            expected.SequenceEqual(UpflowRole.For(settings).Select(n => $"{n.Permission}: {n.Level}")),
            $"{name}: {string.Join("; ", UpflowRole.For(settings).Select(n => $"{n.Permission}: {n.Level}"))}"
        );

    [Fact]
    public void Nothing_but_receipts_ever_writes() =>
        Assert.DoesNotContain(
            UpflowRole.For(new UpflowConnectionSettings { SyncPdfs = true }),
            n =>
                n.Level.Contains("add", StringComparison.Ordinal)
                || n.Level.Contains("edit", StringComparison.Ordinal)
                || n.Level.Contains("all", StringComparison.OrdinalIgnoreCase)
        );
}
