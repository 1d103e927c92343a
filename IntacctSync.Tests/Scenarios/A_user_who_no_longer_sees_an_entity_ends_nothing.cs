using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// In a company with entities the user's view is cut to one of them: of two linked records, one is no longer shown.
/// </summary>
public class A_user_who_no_longer_sees_an_entity_ends_nothing : InvoiceRoadTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new() { SampleData = false, Companies = [SimulatedCompany.Sandbox with { Entities = ["100", "200"] }] };

    [Fact]
    public async Task An_invoice_that_is_cancelled_and_can_not_be_reversed_stays_a_persons()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { DefaultLocationId = "100" }));
        string[] uids = [MakeInvoice(), MakeInvoice()];
        await RestAsync();
        await AssertSyncedAsync(uids[0]);
        var hidden = Booked(uids[0])["RECORDNO"];
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = IntacctFaults.FunctionError,
                Times = 0,
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = "reverse_invoice" },
            }.With("description2", "No record exits for the recordkey")
        );
        Wire.Change = (_, answer) => HiddenRecords.Hide(answer, "ARINVOICE", hidden);
        Zuper.Screens.SetStatus(uids[0], "CANCELED");
        await RestAsync();

        await AssertNeedsAsync(uids[0], "invoice-not-shown");
        Assert.All(Invoices, i => Assert.Equal("Posted", i["STATE"]));

        Wire.Change = null;
        Intacct.Faults.Clear();
        await RetryAsync(uids[0]);
        await AssertSyncedAsync(uids[0]);
        Assert.Equal("Reversed", Invoices.Single(i => i["RECORDNO"] == hidden)["STATE"]);
    }

    [Fact]
    public async Task A_customer_that_is_retried_is_not_made_twice()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { DefaultLocationId = "100" }));
        MakeOrganization("Quayside Hotels");
        await RestAsync();
        var hidden = SageId(Organization)!;
        Wire.Change = (_, answer) => HiddenRecords.Hide(answer, "CUSTOMER", hidden);
        await Process
            .Get<Core.Detection.PersonRequests>()
            .RetryAsync(await ConnectionAsync(), Core.Zuper.ZuperFlows.Organizations, Organization, Forever);
        await RestAsync();

        Assert.Equal("intacct-records-missing", (await EntryAsync(Organization)).Problem?.Code);
        Assert.Equal(hidden, (await EntryAsync(Organization)).TargetId);
        Assert.Equal(2, Customers.Count);
    }
}
