using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Doctor;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Doctor;

/// <summary>The role that is asked for and the doctor's look at it are one.</summary>
public sealed class UpflowRoleAndDoctorTests : ReceivablesRoadTest
{
    private const int All = 127;

    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies = [SimulatedCompany.Sandbox with { Entities = ["EAST"] }],
            CustomFields = { "CUSTOMER.REGION", "ARINVOICE.BRANCH", "ARADJUSTMENT.CAUSE" },
        };

    [Fact(Timeout = 300_000)]
    public async Task A_user_with_exactly_the_role_passes_the_doctor_whatever_is_switched_on()
    {
        await ConnectAllAsync();
        for (var set = 1; set <= All; set++)
        {
            var on = await ChangeAsync(set);
            ExactRole.Give(Intacct.Company, "sandbox-user", UpflowRole.For(on));
            var report = await ExamineAsync();
            Assert.All(
                report.Checks.Where(c => c.Name.StartsWith("intacct-", StringComparison.Ordinal)),
                c => Assert.True(c.Status == CheckStatus.Passed || !c.Counts, $"{set}: {c}")
            );
            Assert.Empty(Intacct.Company.Denials);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_line_that_the_role_lacks_is_named_as_the_role_has_it(bool bank)
    {
        await ConnectAllAsync();
        var role = UpflowRole.For(await ChangeAsync(All, bank));
        foreach (var line in role)
        {
            ExactRole.Give(Intacct.Company, "sandbox-user", [.. role.Where(other => other != line)]);
            var told = (await ExamineAsync()).Checks.Where(c => c.Fix == RoleNeed.Fix([line])).ToList();
            Assert.True(told.Count == 1, $"{line}: {string.Join("; ", told)}");
        }
    }

    [Fact]
    public async Task Each_line_that_a_role_may_have_is_looked_at_and_nothing_else()
    {
        await ConnectAllAsync();
        var lines = UpflowRole
            .For(await ChangeAsync(All, bank: true))
            .Concat(UpflowRole.For(await ChangeAsync(All, bank: false)))
            .Select(line => line.Name)
            .ToList();
        Assert.All(UpflowPermissions.All, check => Assert.Contains(check.Permission, lines));
        Assert.Contains(UpflowPermissions.AuditTrail, lines);
        var looks = UpflowPermissions
            .All.Select(check => check.Permission)
            .Append(UpflowPermissions.AuditTrail)
            .ToList();
        Assert.All(lines, line => Assert.Contains(line, looks));
    }

    private async Task ConnectAllAsync()
    {
        await ConnectUpflowAsync();
        Intacct.Company.Add(
            "GLACCOUNT",
            Fields(
                ("ACCOUNTNO", "1000"),
                ("TITLE", "Undeposited funds"),
                ("ACCOUNTTYPE", "balancesheet"),
                ("NORMALBALANCE", "debit")
            )
        );
        Intacct.Company.Add("LOCATION", Fields(("LOCATIONID", "EAST"), ("NAME", "East"), ("STATUS", "active")));
    }

    /// <param name="set">A bit for each flow, one for PDFs, and one for an entity.</param>
    /// <param name="bank">Whether receipts go to a bank account; null = as the set is even or odd.</param>
    private async Task<UpflowConnectionSettings> ChangeAsync(int set, bool? bank = null)
    {
        UpflowConnectionSettings? changed = null;
        await ChangeSettingsAsync(s =>
            changed = s with
            {
                Intacct = s.Intacct with { EntityId = (set & 64) != 0 ? "EAST" : null },
                SyncCustomers = (set & 1) != 0,
                SyncInvoices = (set & 2) != 0,
                SyncCreditNotes = (set & 4) != 0,
                SyncPayments = (set & 8) != 0,
                SyncReceipts = (set & 16) != 0,
                SyncPdfs = (set & 32) != 0,
                Receipts =
                    bank ?? (set & 1) != 0
                        ? new ReceiptSettings { BankAccountId = "BANK" }
                        : new ReceiptSettings { UndepositedFundsAccountNo = "1000" },
                CustomFields = new()
                {
                    Customers = Fields(("REGION", "Region")),
                    Invoices = Fields(("BRANCH", "Branch")),
                    CreditNotes = Fields(("CAUSE", "Cause")),
                },
            }
        );
        return changed!;
    }

    private async Task<DoctorReport> ExamineAsync() =>
        (await PassAsync(() => Process.Get<ConnectionDoctor>().ExamineAsync(Id, Forever)))!;
}
