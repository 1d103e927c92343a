using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Webhooks;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Doctor;

/// <summary>A connection between the two simulators, and its examination.</summary>
public abstract class DoctorTest : RoadTest
{
    /// <summary>A connection of which organizations alone are synced.</summary>
    internal Task ConnectOneFlowAsync(Func<ZuperConnectionSettings, ZuperConnectionSettings>? change = null) =>
        ConnectAsync(s =>
        {
            var one = s with
            {
                SyncCustomers = false,
                SyncInvoices = false,
                SyncProducts = false,
                SyncPayments = false,
            };
            return change?.Invoke(one) ?? one;
        });

    /// <summary>A connection of all flows to which nothing is missing in either system.</summary>
    internal async Task ConnectWholeAsync(Func<ZuperConnectionSettings, ZuperConnectionSettings>? change = null)
    {
        foreach (var account in new[] { "4000", "2200" })
            Add(
                "GLACCOUNT",
                ("ACCOUNTNO", account),
                ("TITLE", account),
                ("ACCOUNTTYPE", "incomestatement"),
                ("NORMALBALANCE", "credit")
            );
        Add("ARACCOUNTLABEL", ("ACCOUNTLABEL", "Service"), ("GLACCOUNTNO", "4000"));
        Add("LOCATION", ("LOCATIONID", "100"), ("NAME", "Austin"));
        Add("DEPARTMENT", ("DEPARTMENTID", "SVC"), ("TITLE", "Field Service"));
        await ConnectAsync(s =>
        {
            var whole = s with
            {
                DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid,
                DefaultProductCategoryUid = ZuperCategories.Parts,
                Invoice = s.Invoice with
                {
                    GlAccountNo = "4000",
                    Tax = new AccountSettings { GlAccountNo = "2200" },
                    Discount = new AccountSettings { GlAccountNo = "4000" },
                    Fee = new AccountSettings { GlAccountNo = "4000" },
                    Rounding = new AccountSettings { GlAccountNo = "4000" },
                },
            };
            return change?.Invoke(whole) ?? whole;
        });
        Zuper.Screens.Subscribe(
            new Uri($"http://road.test/api/webhooks/{Id}"),
            HookSecret,
            ZuperEvent.OfCustomers.Concat(ZuperEvent.OfInvoices).Select(e => e.Name)
        );
    }

    internal void Add(string kind, params (string Name, string Value)[] fields) =>
        Intacct.Company.Add(kind, fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal));

    internal async Task<DoctorReport> ExamineAsync()
    {
        var began = Clock.GetUtcNow();
        var report = await PassAsync(() => Process.Get<ConnectionDoctor>().ExamineAsync(Id, Forever));
        Assert.InRange(Clock.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        return report!;
    }

    /// <summary>The one check that failed.</summary>
    internal async Task<DoctorCheck> FailedAsync()
    {
        var report = await ExamineAsync();
        var failed = report.Checks.Where(c => c.Status == CheckStatus.Failed).ToList();
        Assert.True(failed.Count == 1, Show(report));
        Assert.False(report.Ok);
        return failed[0];
    }

    /// <summary>A check of an examination that is well on the whole.</summary>
    internal async Task<DoctorCheck> WellAsync(string name)
    {
        var report = await ExamineAsync();
        Assert.True(report.Ok, Show(report));
        return Assert.Single(report.Checks, c => c.Name == name);
    }

    internal static void Says(DoctorCheck check, string name, string detail, string fix)
    {
        Assert.Equal(name, check.Name);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
        Assert.Contains(fix, check.Fix, StringComparison.Ordinal);
    }

    internal static string Show(DoctorReport report) => string.Join('\n', report.Checks);
}
