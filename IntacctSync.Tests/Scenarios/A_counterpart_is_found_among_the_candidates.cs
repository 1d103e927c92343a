using System.Text.Json.Nodes;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Web.Console.Records;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// What the sync itself has made for a record is like that record: so a person who looks for its counterpart, after the
/// link was lost, finds it in the list to choose from.
/// </summary>
public static class A_counterpart_is_found_among_the_candidates
{
    public sealed class Of_Zuper : InvoiceRoadTest
    {
        [Fact]
        public async Task Each_flow_that_can_be_linked()
        {
            await BooksAsync(s => s with { SyncCustomers = true });
            Zuper.Screens.Create(
                ZuperModules.Customer,
                new JsonObject
                {
                    ["customer_first_name"] = "Ines",
                    ["customer_last_name"] = "Roy",
                    ["customer_organization"] = Organization,
                }
            );
            MakeInvoice();
            Clock.Advance(TimeSpan.FromMinutes(20));
            await SweepAsync();
            Assert.Equal(
                ["customers", "invoices", "organizations"],
                await LikeAsync(Process, (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!)
            );
        }
    }

    public sealed class Of_Zupers_products : BooksTest
    {
        [Fact]
        public async Task An_item()
        {
            await OpenBooksAsync();
            AddItem("FLT-16");
            await PollAsync();
            Assert.Contains("products", await LikeAsync(Process, await ConnectionAsync()));
        }
    }

    public sealed class Of_Upflow : ReceivablesRoadTest
    {
        [Fact]
        public async Task Each_flow_that_can_be_linked()
        {
            await ConnectUpflowAsync(s => s with { StartDate = new DateOnly(2026, 2, 1) });
            Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
            Intacct.Screens.PostInvoice("C-1", "INV-1", 200);
            await PollAsync();
            Assert.Equal(["upflow-customers", "upflow-invoices"], await LikeAsync(Process, await ConnectionAsync()));
        }
    }

    /// <summary>The flows of which each linked record is like its counterpart.</summary>
    private static async Task<IReadOnlyList<string>> LikeAsync(SyncProcess process, Connection connection)
    {
        var app = process.Get<AppCatalog>().Of(connection);
        var scope = new ComparedScope(
            connection,
            await process.Get<ConnectionAccessSource>().GetAsync(connection, default)
        );
        var like = new List<string>();
        foreach (var comparison in app.Comparisons.Where(c => app.WhyNoLinks(c.Flow) is null))
        {
            var entries = await process
                .Get<KeyMapStore>()
                .SomeLinkedAsync(connection.Id, comparison.Flow, _ => true, 10, default);
            if (entries.Count == 0)
                continue;
            var targets = await comparison.FindTargetsAsync(scope, [.. entries], default);
            foreach (var entry in entries)
            {
                var source = await comparison.FindSourceAsync(scope, entry.Key.SourceId, default);
                Assert.True(
                    LinkCandidates.Score(source!, targets[entry.Key.SourceId]) > 0,
                    $"{comparison.Flow}: {source!.Name} is not like {targets[entry.Key.SourceId].Name}"
                );
            }

            like.Add(comparison.Flow.Value);
        }

        return [.. like.Order(StringComparer.Ordinal)];
    }
}
