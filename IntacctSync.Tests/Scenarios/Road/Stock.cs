using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// What a company has in Zuper before it is connected: two customers and twenty invoices of five lines for each
/// organization.
/// </summary>
internal sealed class Stock
{
    private const int CustomersEach = 2;
    private const int InvoicesEach = 20;

    private Stock(List<string> organizations, int customers, int invoices) =>
        (Organizations, Customers, Invoices) = (organizations, customers, invoices);

    public IReadOnlyList<string> Organizations { get; }

    public int Customers { get; }

    public int Invoices { get; }

    public int Records => Organizations.Count + Customers + Invoices;

    /// <summary>
    /// Creates and updates that can't be done without: one for each record, and one for each customer's contact list.
    /// </summary>
    public int WritesNeeded => Records + Organizations.Count;

    public static Stock Make(RoadTest road, int invoices)
    {
        var screens = road.Zuper.Screens;
        var organizations = Enumerable
            .Range(0, invoices / InvoicesEach)
            .Select(i =>
                road.MakeOrganization(
                    Text($"Company {i}"),
                    o => o["organization_email"] = Text($"ap@company{i}.example")
                )
            )
            .ToList();
        for (var i = 0; i < organizations.Count * CustomersEach; i++)
        {
            screens.Create(
                ZuperModules.Customer,
                new JsonObject
                {
                    ["customer_first_name"] = "Ines",
                    ["customer_last_name"] = Text($"Roy {i}"),
                    ["customer_organization"] = organizations[i % organizations.Count],
                }
            );
        }

        for (var i = 0; i < organizations.Count * InvoicesEach; i++)
        {
            var uid = screens.Create(
                ZuperModules.Invoice,
                new JsonObject
                {
                    ["organization"] = organizations[i % organizations.Count],
                    ["invoice_date"] = InvoiceRoadTest.Today,
                    ["due_date"] = "2026-04-01",
                    ["line_items"] = new JsonArray([
                        .. Enumerable
                            .Range(1, 5)
                            .Select(n => InvoiceRoadTest.Line(Text($"Visit {n}"), n, 20 + (i % 50))),
                    ]),
                }
            );
            screens.SetStatus(uid, "AWAIT_PAYMENT");
        }

        return new Stock(organizations, organizations.Count * CustomersEach, organizations.Count * InvoicesEach);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
