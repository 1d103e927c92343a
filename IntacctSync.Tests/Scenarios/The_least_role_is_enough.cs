using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios;

/// <summary>A user with exactly the role of what is switched on is refused no call that the flows make.</summary>
public static class The_least_role_is_enough
{
    public sealed class For_Zuper : InvoiceRoadTest
    {
        [Theory]
        [InlineData(InvoiceDocument.ArInvoice)]
        [InlineData(InvoiceDocument.OrderEntry)]
        public async Task With_all_flows_on(InvoiceDocument document)
        {
            await BooksAsync(s =>
                WithInvoice(s, i => i with { Document = document }) with
                {
                    DefaultProductCategoryUid = ZuperCategories.Parts,
                }
            );
            await NarrowAsync(s => s);
            MakeOrganization("Pier 9 Marina");
            var uid = MakeInvoice(Line("HVAC Tune-up", 1, 129, l => l["product_id"] = "SVC-HVAC"));
            await RestAsync();
            await AssertSyncedAsync(uid);
            await Process.Get<Poller>().TickAsync(ZuperFlows.OfIntacct, Clock.GetUtcNow(), Forever);
            await RestAsync();
            Assert.Empty(Intacct.Company.Denials);
        }

        [Theory]
        [InlineData(InvoiceDocument.ArInvoice)]
        [InlineData(InvoiceDocument.OrderEntry)]
        public async Task With_invoices_alone(InvoiceDocument document)
        {
            await BooksAsync(s => WithInvoice(s, i => i with { Document = document }));
            await NarrowAsync(s =>
                s with
                {
                    SyncOrganizations = false,
                    SyncCustomers = false,
                    SyncProducts = false,
                    SyncPayments = false,
                }
            );
            var uid = MakeInvoice(
                i => i["payment_term"] = ZuperPaymentTerms.Net30,
                Line("HVAC Tune-up", 1, 129, l => l["product_id"] = "SVC-HVAC")
            );
            await RestAsync();
            await AssertSyncedAsync(uid);
            Assert.Empty(Intacct.Company.Denials);
        }

        private async Task NarrowAsync(Func<ZuperConnectionSettings, ZuperConnectionSettings> change)
        {
            ZuperConnectionSettings? narrowed = null;
            await SettingsAsync(s => narrowed = change(s));
            ExactRole.Give(Intacct.Company, "sandbox-user", ZuperRole.For(narrowed!));
        }
    }

    public sealed class For_Upflow : ReceiptsRoadTest
    {
        [Theory]
        [InlineData(true, false, false, false)]
        [InlineData(false, true, false, false)]
        [InlineData(false, false, true, false)]
        [InlineData(false, false, false, true)]
        [InlineData(true, true, true, true)]
        public async Task Whichever_flows_are_on_beside_customers(
            bool invoices,
            bool creditNotes,
            bool payments,
            bool receipts
        )
        {
            await OpenAsync();
            UpflowConnectionSettings? narrowed = null;
            await ChangeSettingsAsync(s =>
                narrowed = s with
                {
                    SyncInvoices = invoices,
                    SyncCreditNotes = creditNotes,
                    SyncPayments = payments,
                    SyncReceipts = receipts,
                    SyncPdfs = invoices,
                }
            );
            ExactRole.Give(Intacct.Company, "sandbox-user", UpflowRole.For(narrowed!));
            Intacct.Screens.AddCustomer("C-3", "Quay", "ap@quay.example");
            Intacct.Screens.PostInvoice("C-1", "INV-4", 50);
            var credit = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
            Intacct.Screens.ApplyCreditMemo(credit, [("INV-2", 20)]);
            Intacct.Screens.Pay("C-2", [("INV-3", 40)]);
            Intacct.Screens.ReverseInvoice("INV-4");
            var taken = Take();
            await PollAsync();
            await PollAsync();
            await BackfillAsync([.. UpflowFlows.All.Select(f => f.Name).Where(narrowed!.Syncs)]);
            Assert.Empty(Intacct.Company.Denials);
            if (receipts)
                Assert.Equal(RecordState.Synced, (await ReceiptAsync(taken)).State);
        }
    }
}
