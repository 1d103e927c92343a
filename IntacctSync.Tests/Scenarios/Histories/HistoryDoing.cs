using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>What people do on both sides, and what befalls the road. What a screen refuses is not done.</summary>
internal sealed class HistoryDoing(HistoryRoad road)
{
    private static readonly string[] AtZuper =
    [
        ZuperFaults.Http429,
        ZuperFaults.Http503,
        ZuperFaults.ResetAfter,
        ZuperFaults.ResetBefore,
        ZuperFaults.TruncatedAnswer,
        ZuperFaults.LostAnswer,
    ];
    private static readonly string[] AtIntacct =
    [
        "http429",
        "http503",
        "resetAfter",
        "resetBefore",
        "truncated",
        "http524",
        "sessionExpired",
    ];

    private int _count;

    private ZuperScreens Zuper => road.Zuper.Screens;

    public async Task DoAsync(HistoryStep step)
    {
        var random = new Random(step.Seed);
        try
        {
            switch (step.What)
            {
                case "time":
                    await road.Zuper.WebhooksRestingAsync(CancellationToken.None);
                    road.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 1200)));
                    break;
                case "work":
                    await road.RestAsync(TimeSpan.FromMinutes(random.Next(1, 20)));
                    break;
                case "poll":
                    await road.Zuper.WebhooksRestingAsync(CancellationToken.None);
                    road.Clock.Advance(TimeSpan.FromMinutes(1));
                    await road.PollAllAsync();
                    break;
                case "crash":
                    await road.RestartAsync();
                    break;
                case "fault" when random.Next(2) == 0:
                    road.Zuper.Faults.Add(
                        new FaultRule
                        {
                            Fault = AtZuper[random.Next(AtZuper.Length)],
                            Times = 1,
                            Skip = random.Next(3),
                        }
                    );
                    break;
                case "fault":
                    road.Intacct.Faults.Add(
                        new FaultRule
                        {
                            Fault = AtIntacct[random.Next(AtIntacct.Length)],
                            Times = 1,
                            Skip = random.Next(3),
                        }
                    );
                    break;
                default:
                    Edit(step.What, random);
                    break;
            }
        }
        catch (Exception e) when (e.GetType().Name is "ZuperRefusal" or "RefusedException")
        {
            // As a person who is told that it can't be done, and goes on.
        }
    }

    private void Edit(string what, Random random)
    {
        _count++;
        switch (what)
        {
            case "organization":
                road.MakeOrganization(Name("Org"));
                break;
            case "customer":
                MakeCustomer(Pick(ZuperModules.Organization, random, "organization_uid"));
                break;
            case "ownCustomer":
                MakeCustomer(null);
                break;
            case "renameOrganization" when Pick(ZuperModules.Organization, random, "organization_uid") is { } uid:
                Zuper.Edit(uid, o => o["organization_name"] = Name("Renamed org"));
                break;
            case "renameCustomer" when Pick(ZuperModules.Customer, random, "customer_uid") is { } uid:
                Zuper.Edit(uid, o => o["customer_last_name"] = Name("Renamed"));
                break;
            case "invoice" or "draft" when Pick(ZuperModules.Organization, random, "organization_uid") is { } uid:
                road.MakeInvoice(
                    i => (i["organization"], i["invoice_status"]) = (uid, what == "draft" ? "DRAFT" : "AWAIT_PAYMENT"),
                    Lines(random)
                );
                break;
            case "issue" when Invoice(random, "DRAFT") is { } uid:
                Zuper.SetStatus(uid, "AWAIT_PAYMENT");
                break;
            case "priceInvoice" when Invoice(random, "AWAIT_PAYMENT", "DRAFT") is { } uid:
                road.EditLines(uid, lines => lines[random.Next(lines.Count)]!["unit_price"] = random.Next(10, 200));
                break;
            case "addLine" when Invoice(random, "AWAIT_PAYMENT", "DRAFT") is { } uid:
                road.EditLines(uid, lines => lines.Add(Line(random, lines.Count + 1)));
                break;
            case "cancelInvoice" when Invoice(random, "AWAIT_PAYMENT", "DRAFT", "PARTIALLY_PAID") is { } uid:
                Zuper.SetStatus(uid, "CANCELED");
                break;
            case "deleteInvoice" when Invoice(random, "AWAIT_PAYMENT", "DRAFT") is { } uid:
                Zuper.Delete(uid);
                break;
            case "payInZuper" when Invoice(random, "AWAIT_PAYMENT", "PARTIALLY_PAID") is { } uid:
                Zuper.Pay(uid, random.Next(1, 30));
                break;
            case "item" or "editItem" or "deactivateItem" or "activateItem":
                EditItem(what, random);
                break;
            case "pay" or "payTwo" or "reversePayment":
                EditPayment(what, random);
                break;
            default:
                Switch(what, random);
                break;
        }
    }

    private void Switch(string what, Random random)
    {
        var module = what.EndsWith("Organization", StringComparison.Ordinal)
            ? ZuperModules.Organization
            : ZuperModules.Customer;
        if (Pick(module, random, module.UidField, alive: what.StartsWith('d')) is not { } uid)
            return;
        Action<string>? act = what switch
        {
            "deactivateOrganization" or "deactivateCustomer" => Zuper.Deactivate,
            "activateOrganization" or "activateCustomer" => Zuper.Activate,
            "deleteOrganization" or "deleteCustomer" => Zuper.Delete,
            "restoreOrganization" or "restoreCustomer" => Zuper.Restore,
            _ => null,
        };
        act?.Invoke(uid);
    }

    private void EditItem(string what, Random random)
    {
        var items = road.Intacct.Company.Records("ITEM");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (what == "item")
        {
            (
                fields["ITEMID"],
                fields["NAME"],
                fields["ITEMTYPE"],
                fields["BASEPRICE"],
                fields["BASEUOM"],
                fields["STATUS"]
            ) = (Name("I").Replace(' ', '-'), Name("Item"), "Inventory", "10", "Each", "active");
            road.Intacct.Company.Add("ITEM", fields);
            return;
        }

        fields[what == "editItem" ? "BASEPRICE" : "STATUS"] = what switch
        {
            "editItem" => random.Next(1, 500).ToString(CultureInfo.InvariantCulture),
            "deactivateItem" => "inactive",
            _ => "active",
        };
        road.Intacct.Company.Edit("ITEM", items[random.Next(items.Count)]["ITEMID"], fields);
    }

    private void EditPayment(string what, Random random)
    {
        if (what == "reversePayment")
        {
            var payments = road.Intacct.Company.Records("ARPYMT").Where(p => p["DISPLAYSTATE"] == "Complete").ToList();
            if (payments.Count > 0)
                road.Intacct.Screens.ReversePayment(
                    int.Parse(payments[random.Next(payments.Count)]["RECORDNO"], CultureInfo.InvariantCulture)
                );
            return;
        }

        var due = road
            .Invoices.Where(i => i["STATE"] is not ("Reversed" or "Reversal") && Amount(i, "TRX_TOTALDUE") > 0)
            .ToList();
        if (due.Count == 0)
            return;
        var first = due[random.Next(due.Count)];
        var paid = due.Where(i => i["CUSTOMERID"] == first["CUSTOMERID"])
            .OrderBy(i => i != first)
            .Take(what == "pay" ? 1 : 2)
            .Select(i =>
                (
                    i["RECORDID"],
                    random.Next(2) == 0 ? Amount(i, "TRX_TOTALDUE") : Math.Ceiling(Amount(i, "TRX_TOTALDUE") / 3)
                )
            );
        road.Intacct.Screens.Pay(first["CUSTOMERID"], [.. paid]);
    }

    internal static decimal Amount(IReadOnlyDictionary<string, string> record, string field) =>
        decimal.Parse(record[field], CultureInfo.InvariantCulture);

    private string Name(string of) => string.Create(CultureInfo.InvariantCulture, $"{of} {_count}");

    private void MakeCustomer(string? organization)
    {
        var fields = new JsonObject { ["customer_first_name"] = "Ines", ["customer_last_name"] = Name("Roy") };
        if (organization is not null)
            fields["customer_organization"] = organization;
        Zuper.Create(ZuperModules.Customer, fields);
    }

    private static JsonObject[] Lines(Random random) =>
        [.. Enumerable.Range(1, random.Next(1, 4)).Select(n => Line(random, n))];

    private static JsonObject Line(Random random, int number) =>
        InvoiceRoadTest.Line(
            string.Create(CultureInfo.InvariantCulture, $"Visit {number}"),
            random.Next(1, 4),
            random.Next(10, 100)
        );

    private string? Invoice(Random random, params string[] statuses) =>
        Pick(
            ZuperModules.Invoice,
            random,
            "invoice_uid",
            record =>
                record["is_deleted"]?.ToString() != "true"
                && statuses.Contains(record["invoice_status"]!.ToString(), StringComparer.Ordinal)
        );

    private string? Pick(ZuperModule module, Random random, string uid, bool alive = true) =>
        Pick(
            module,
            random,
            uid,
            record =>
                !alive || (record["is_active"]?.ToString() != "false" && record["is_deleted"]?.ToString() != "true")
        );

    private string? Pick(ZuperModule module, Random random, string uid, Func<JsonObject, bool> fits)
    {
        var records = Zuper.Records(module).Where(fits).ToList();
        return records.Count == 0 ? null : records[random.Next(records.Count)][uid]!.ToString();
    }
}
