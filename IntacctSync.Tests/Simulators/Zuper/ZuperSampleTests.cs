using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperSampleTests
{
    [Fact]
    public async Task Every_organization_of_the_sample_is_held_under_the_uid_that_its_expectation_names()
    {
        await using var zuper = await ServedZuper.StartAsync(new ZuperSimulatorOptions { SampleData = true });
        var held = zuper
            .Screens.Records(ZuperModules.Organization)
            .ToDictionary(o => o["organization_uid"]!.GetValue<string>(), StringComparer.Ordinal);
        Assert.Equal(40, held.Count);
        Assert.Equal(
            held.Keys.Order(StringComparer.Ordinal),
            ZuperSample.Expectations.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(
            ZuperSample.Organizations,
            o => Assert.Equal(o.Value.Name, held[o.Key]["organization_name"]!.GetValue<string>())
        );
    }

    [Fact]
    public void The_sample_holds_what_makes_a_sync_stumble()
    {
        var all = ZuperSample.Organizations.Values.ToList();
        Assert.Contains(all.GroupBy(o => o.Name, StringComparer.Ordinal), g => g.Count() == 2);
        Assert.Contains(all, o => o.Name.Length > 100);
        Assert.Contains(all, o => o.Email == "ap@");
        Assert.Contains(all, o => o.Street.Length + o.City.Length + o.Country.Length == 0);
        Assert.Equal(1, all.Count(o => !o.IsActive));
        Assert.Equal(1, all.Count(o => o.IsDeleted));
        Assert.Equal(
            ["C-1001", "C-1001", "C-1004", "C-9999"],
            all.Select(o => o.SageId).OfType<string>().Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["email-invalid", "sage-id-taken", "sage-id-unknown"],
            ZuperSample.Expectations.Values.Select(e => e.Problem).OfType<string>().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_copy_is_younger_than_what_it_was_copied_from()
    {
        await using var zuper = await ServedZuper.StartAsync(new ZuperSimulatorOptions { SampleData = true });
        string Made(string name) => zuper.Screens.Record(ZuperSample.UidOf(name))!["created_at"]!.GetValue<string>();
        Assert.True(string.CompareOrdinal(Made("Harbor Dental Group (copy)"), Made("Harbor Dental Group")) > 0);
    }

    [Fact]
    public async Task A_copy_takes_the_custom_fields_along_and_is_told_as_new()
    {
        await using var zuper = await ServedZuper.StartAsync(new ZuperSimulatorOptions { SampleData = true });
        await using var hooks = await HookReceiver.StartAsync();
        zuper.Screens.Subscribe(hooks.Address, "s", "organization.new");
        var copy = zuper.Screens.Copy(
            ZuperSample.UidOf("Northgate Schools"),
            o => o["organization_name"] = "Northgate Schools 2"
        );
        Assert.Equal("C-1004", zuper.Screens.CustomField(copy, "Sage Customer ID"));
        await zuper.Simulator.WebhooksIdleAsync(CancellationToken.None);
        Assert.Equal(copy, Assert.Single(hooks.Received).Text("organization_uid"));
    }

    [Fact]
    public async Task Two_runs_hold_the_same_uids_for_what_is_made_later_too()
    {
        await using var first = await ServedZuper.StartAsync();
        await using var second = await ServedZuper.StartAsync();
        Assert.Equal(await first.OrganizationAsync("A"), await second.OrganizationAsync("A"));
    }

    [Fact]
    public async Task Customers_invoices_and_products_are_held_as_their_expectations_name_them()
    {
        await using var zuper = await ServedZuper.StartAsync(
            new ZuperSimulatorOptions { SampleData = true, RequestsPerMinute = 0 }
        );
        HashSet<string> Held(ZuperModule module) =>
            [.. zuper.Screens.Records(module).Select(r => r[module.UidField]!.GetValue<string>())];
        Assert.True(Held(ZuperModules.Customer).SetEquals(ZuperSample.CustomerExpectations.Keys));
        Assert.True(Held(ZuperModules.Invoice).SetEquals(ZuperSample.InvoiceExpectations.Keys));
        Assert.True(Held(ZuperModules.Product).SetEquals(ZuperSample.Products.Keys));
        Assert.Equal(2, ZuperSample.Customers.Values.Count(c => c.Name == "John Smith"));
        Assert.Equal(
            ["location-unknown", "number-taken", "period-closed", "total-mismatch"],
            ZuperSample.InvoiceExpectations.Values.Select(e => e.Problem).OfType<string>().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Each_invoice_of_the_sample_is_what_makes_it_awkward()
    {
        await using var zuper = await ServedZuper.StartAsync(
            new ZuperSimulatorOptions
            {
                SampleData = true,
                SampleFirstDay = new DateOnly(2026, 2, 1),
                RequestsPerMinute = 0,
            }
        );
        async Task<JsonObject> ReadAsync(string title) =>
            (JsonObject)(await zuper.GetAsync("/api/invoice/" + ZuperSample.InvoiceUidOf(title))).Json["data"]!;
        Assert.Equal(
            "2024-12-16T06:00:00.000Z",
            (await ReadAsync("Closed period"))["invoice_date"]!.GetValue<string>()
        );
        Assert.Equal(
            "2026-02-04T06:00:00.000Z",
            (await ReadAsync("Roof inspection"))["invoice_date"]!.GetValue<string>()
        );
        Assert.Equal(
            (2001, 2001),
            (
                (await ReadAsync("February visit"))["invoice_no"]!.GetValue<int>(),
                (await ReadAsync("Numbered by a person"))["invoice_no"]!.GetValue<int>()
            )
        );
        var broken = await ReadAsync("Does not add up");
        Assert.Equal((420m, 402m), (broken["sub_total"]!.GetValue<decimal>(), broken["total"]!.GetValue<decimal>()));
        var partly = await ReadAsync("Boiler");
        Assert.Equal(
            ("PARTIALLY_PAID", 2860m),
            (partly["invoice_status"]!.GetValue<string>(), partly["amount_due"]!.GetValue<decimal>())
        );
        Assert.Equal("999", zuper.Screens.CustomField(ZuperSample.InvoiceUidOf("Unknown location"), "Location"));
        Assert.Equal(378.88m, (await ReadAsync("Roof inspection"))["total"]!.GetValue<decimal>());
        Assert.Equal(269.5m, (await ReadAsync("Night call"))["total"]!.GetValue<decimal>());
        Assert.Equal("BAD_DEBT", (await ReadAsync("Never paid"))["invoice_status"]!.GetValue<string>());
    }
}
