using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_customer_of_an_invoice_that_is_not_shown : InvoiceRoadTest
{
    [Fact]
    public async Task Once_asks_nobody_where_customers_are_not_synced()
    {
        var (person, _) = await PeopleAsync();
        Hide(person, times: 1);
        var invoice = InvoiceOf(person);
        await RestAsync(TimeSpan.FromSeconds(20));
        var waiting = await InvoiceEntryAsync(invoice);
        Assert.Equal((RecordState.Pending, true), (waiting.State, waiting.MissingSince is not null));

        await RestAsync();
        await AssertSyncedAsync(invoice);
        var entry = await InvoiceEntryAsync(invoice);
        Assert.Null(entry.MissingSince);
        Assert.DoesNotContain(entry.Timeline, t => t.What is "needsAction");
    }

    [Fact]
    public async Task On_two_looks_some_time_apart_needs_a_person_while_another_is_shown()
    {
        var (person, other) = await PeopleAsync();
        Hide(person, times: 0);
        Zuper.Faults.Add(NotFound(0, ("path", "/api/customers/filter")));
        var invoices = new[] { InvoiceOf(person), InvoiceOf(other) };
        await RestAsync(TimeSpan.FromMinutes(4));
        await AssertSyncedAsync(invoices[1]);
        Assert.Equal(RecordState.Pending, (await InvoiceEntryAsync(invoices[0])).State);

        await RestAsync(TimeSpan.FromHours(2));
        await AssertNeedsAsync(invoices[0], "parent-not-synced");
    }

    private async Task<(string Hidden, string Shown)> PeopleAsync()
    {
        await BooksAsync(s => s with { SyncCustomers = false });
        return (Person("Ines"), Person("Ben"));
    }

    private string Person(string name) =>
        Zuper.Screens.Create(
            ZuperModules.Customer,
            new JsonObject
            {
                ["customer_first_name"] = name,
                ["customer_last_name"] = "Roy",
                ["customer_organization"] = Organization,
            }
        );

    private string InvoiceOf(string person) =>
        MakeInvoice(i =>
        {
            i.Remove("organization");
            i["customer"] = person;
        });

    private void Hide(string uid, int times) => Zuper.Faults.Add(NotFound(times, ("method", "GET"), ("uid", uid)));

    private static FaultRule NotFound(int times, params (string Name, string Value)[] where) =>
        new()
        {
            Fault = ZuperFaults.Http404,
            Times = times,
            Match = where.ToDictionary(w => w.Name, w => w.Value, StringComparer.Ordinal),
        };
}
