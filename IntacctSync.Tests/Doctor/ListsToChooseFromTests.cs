using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Tests.Doctor;

public static class ListsToChooseFromTests
{
    public sealed class Of_a_company_with_several_currencies : DoctorTest
    {
        internal override IntacctSimulatorOptions IntacctOptions { get; } =
            new()
            {
                SampleData = false,
                Companies =
                [
                    SimulatedCompany.Sandbox with
                    {
                        MultiCurrency = true,
                        DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["EUR"] = 1.1m },
                        RateTypes = ["Month End", "Average"],
                    },
                ],
                CustomFields = { "ARINVOICE.BRANCH", "SODOCUMENT.CREW", "SODOCUMENTENTRY.SHIFT" },
            };

        [Fact]
        public async Task The_currency_of_the_books_and_the_rate_types_are_offered()
        {
            await ConnectWholeAsync();
            var lists = await ReadAsync();
            Assert.Equal(["USD"], Values(lists, "currencies"));
            Assert.Equal(["Intacct Daily Rate", "Average", "Month End"], Values(lists, "rate-types"));
            Assert.Empty(lists.Unread);
        }

        [Theory]
        [InlineData(InvoiceDocument.ArInvoice, "BRANCH", null)]
        [InlineData(InvoiceDocument.OrderEntry, "CREW", "SHIFT")]
        public async Task Custom_fields_are_those_of_what_an_invoice_becomes(
            InvoiceDocument document,
            string field,
            string? ofLines
        )
        {
            await ConnectWholeAsync(s => s with { Invoice = s.Invoice with { Document = document } });
            var lists = await ReadAsync();
            Assert.Equal([field], Values(lists, ZuperChoices.NamesOf(CarriedFieldKind.Invoice).Intacct));
            Assert.Equal(
                ofLines is null ? [] : [ofLines],
                Values(lists, ZuperChoices.NamesOf(CarriedFieldKind.InvoiceLine).Intacct)
            );
        }

        [Fact]
        public async Task The_lists_are_read_anew_once_invoices_become_something_else()
        {
            await ConnectWholeAsync();
            await ReadAsync();
            var before = await StoredAsync();
            await ConnectAsync(s => s with { StartDate = new DateOnly(2026, 1, 1) });
            Reader.CarryOver(before, await StoredAsync());
            before = await StoredAsync();
            Assert.NotNull(Reader.Kept(before));
            await ConnectAsync(s => s with { Invoice = s.Invoice with { Document = InvoiceDocument.OrderEntry } });
            Reader.CarryOver(before, await StoredAsync());
            Assert.Null(Reader.Kept(await StoredAsync()));
        }

        private ChoiceReader Reader => Process.Get<ChoiceReader>();

        private async Task<FormChoices> ReadAsync() => await ReadOfAsync(this);

        private Task<Connection> StoredAsync() => StoredOfAsync(this);
    }

    public sealed class Of_a_company_with_one_currency : DoctorTest
    {
        [Fact]
        public async Task Its_currency_is_the_only_one_and_nothing_is_asked_about_rates()
        {
            await ConnectWholeAsync();
            var lists = await ReadOfAsync(this);
            Assert.Equal(["USD"], Values(lists, "currencies"));
            Assert.Empty(Values(lists, "rate-types"));
            Assert.Empty(lists.Unread);
        }

        [Fact]
        public void Every_field_that_names_a_list_names_one_that_there_is()
        {
            foreach (
                var (form, lists) in new[]
                {
                    (ZuperForm.Form, new ZuperChoices(null!).All),
                    (UpflowForm.Form, new UpflowChoices(null!).All),
                }
            )
            {
                var names = lists.Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
                Assert.All(
                    form.Fields.SelectMany(f => new[] { f.List, f.KeyList }).OfType<string>(),
                    name => Assert.Contains(name, names)
                );
            }
        }
    }

    private static IEnumerable<string> Values(FormChoices choices, string list) =>
        choices.Lists[list].Select(c => c.Value);

    private static async Task<FormChoices> ReadOfAsync(DoctorTest test) =>
        await test.Process.Get<ChoiceReader>().ReadAsync(await StoredOfAsync(test), CancellationToken.None);

    private static async Task<Connection> StoredOfAsync(DoctorTest test) =>
        (await test.Process.Get<ConnectionStore>().GetAsync(test.Id, CancellationToken.None))!;
}
