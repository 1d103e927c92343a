using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Doctor;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Tests.Doctor;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Doctor;

/// <summary>The role that is asked for and the doctor's look at it are one.</summary>
public sealed class ZuperRoleAndDoctorTests : DoctorTest
{
    private static readonly (InvoiceDocument Document, bool Labels)[] Books =
    [
        (InvoiceDocument.ArInvoice, false),
        (InvoiceDocument.ArInvoice, true),
        (InvoiceDocument.OrderEntry, false),
    ];

    [Fact(Timeout = 300_000)]
    public async Task A_user_with_exactly_the_role_passes_the_doctor_whatever_is_switched_on()
    {
        await ConnectAllAsync();
        foreach (var (document, labels) in Books)
        {
            for (var set = 1; set < 32; set++)
            {
                var on = await ChangeAsync(set, document, labels);
                ExactRole.Give(Intacct.Company, "sandbox-user", ZuperRole.For(on));
                var report = await ExamineAsync();
                Assert.All(
                    report.Checks.Where(c => c.Name.StartsWith("intacct-", StringComparison.Ordinal)),
                    c => Assert.True(c.Status == CheckStatus.Passed || !c.Counts, $"{set} as {document}: {c}")
                );
                Assert.Empty(Intacct.Company.Denials);
            }
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task Each_line_that_the_role_lacks_is_named_as_the_role_has_it()
    {
        await ConnectAllAsync();
        foreach (var (document, labels) in Books)
        {
            var role = ZuperRole.For(await ChangeAsync(31, document, labels));
            foreach (var line in role)
            {
                ExactRole.Give(Intacct.Company, "sandbox-user", [.. role.Where(other => other != line)]);
                var told = (await ExamineAsync()).Checks.Where(c => c.Fix == RoleNeed.Fix([line])).ToList();
                Assert.True(told.Count == 1, $"{line}: {string.Join("; ", told)}");
            }
        }
    }

    [Fact]
    public async Task Each_line_that_a_role_may_have_is_looked_at_and_nothing_else()
    {
        await ConnectAllAsync();
        var lines = new List<string>();
        foreach (var (document, labels) in Books)
            lines.AddRange(ZuperRole.For(await ChangeAsync(31, document, labels)).Select(line => line.Name));
        Assert.All(ZuperPermissions.All, check => Assert.Contains(check.Permission, lines));
        Assert.Contains(ZuperPermissions.AuditTrail, lines);
        var looks = ZuperPermissions.All.Select(check => check.Permission).Append(ZuperPermissions.AuditTrail).ToList();
        Assert.All(lines, line => Assert.Contains(line, looks));
    }

    private async Task ConnectAllAsync()
    {
        await ConnectWholeAsync();
        Add("ARTERM", ("NAME", "Net 30"));
    }

    /// <param name="set">A bit for each flow.</param>
    /// <param name="document">What invoices become.</param>
    /// <param name="labels">Whether the company uses account labels.</param>
    private async Task<ZuperConnectionSettings> ChangeAsync(int set, InvoiceDocument document, bool labels)
    {
        Intacct.Screens.SetPreference("AR", "USEACCOUNTLABELS", labels ? "T" : "F");
        var account = labels
            ? new AccountSettings { AccountLabel = "Service" }
            : new AccountSettings { GlAccountNo = "4000" };
        var store = Process.Get<ConnectionStore>();
        var now = (await store.GetAsync(Id, Forever))!.Zuper();
        var changed = now with
        {
            SyncOrganizations = (set & 1) != 0,
            SyncCustomers = (set & 2) != 0,
            SyncInvoices = (set & 4) != 0,
            SyncProducts = (set & 8) != 0,
            SyncPayments = (set & 16) != 0,
            InvoiceLocationField = "Location",
            Invoice = now.Invoice with
            {
                Document = document,
                TermName = "Net 30",
                DefaultLocationId = "100",
                DefaultDepartmentId = "SVC",
                ClassField = "Class",
                ProjectField = "Project",
                GlAccountNo = account.GlAccountNo,
                AccountLabel = account.AccountLabel,
                Tax = account,
                Discount = account,
                Fee = account,
                Rounding = account,
            },
        };
        await store.PutAsync(Id, changed, Forever);
        return changed;
    }
}
