using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// A road whose changes come from Intacct: an accountant edits items and receives payments, and the feeds are polled.
/// </summary>
public abstract class BooksTest : RoadTest
{
    internal const string Customer = "C-1001";

    internal IReadOnlyList<JsonObject> Products => Zuper.Screens.Records(ZuperModules.Product);

    internal static JsonArray History(JsonObject invoice) => (JsonArray)invoice["payment_history"]!;

    /// <summary>Sets the books up and connects, with a default payment mode and product category.</summary>
    internal async Task OpenBooksAsync(Func<ZuperConnectionSettings, ZuperConnectionSettings>? change = null)
    {
        Intacct.Company.Add(
            "GLACCOUNT",
            Fields(
                ("ACCOUNTNO", "4000"),
                ("TITLE", "Revenue"),
                ("ACCOUNTTYPE", "incomestatement"),
                ("NORMALBALANCE", "credit")
            )
        );
        Intacct.Company.Add(
            "CUSTOMER",
            Fields(
                ("CUSTOMERID", Customer),
                ("NAME", "Harbor Dental Group"),
                ("DISPLAYCONTACT.PRINTAS", "Harbor"),
                ("DISPLAYCONTACT.CONTACTNAME", "Harbor main")
            )
        );
        var settings = new Func<ZuperConnectionSettings, ZuperConnectionSettings>(s =>
            s with
            {
                DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid,
                DefaultProductCategoryUid = ZuperCategories.Parts,
            }
        );
        await ConnectAsync(s => change is null ? settings(s) : change(settings(s)), webhooks: false);
        Clock.Advance(TimeSpan.FromMinutes(5));
    }

    internal void AddItem(string itemId, string name = "Air Filter", decimal price = 18.25m, string? line = null)
    {
        var fields = Fields(
            ("ITEMID", itemId),
            ("NAME", name),
            ("ITEMTYPE", "Inventory"),
            ("BASEPRICE", price.ToString(CultureInfo.InvariantCulture)),
            ("BASEUOM", "Each"),
            ("STATUS", "active")
        );
        if (line is not null)
            fields["PRODUCTLINEID"] = line;
        Intacct.Company.Add("ITEM", fields);
    }

    internal void EditItem(string itemId, params (string Name, string Value)[] fields) =>
        Intacct.Company.Edit("ITEM", itemId, Fields(fields));

    /// <summary>An invoice of a sum that stands in both systems and is linked.</summary>
    /// <returns>Its uid in Zuper and its number.</returns>
    internal async Task<(string Uid, string Number)> InvoiceAsync(decimal amount, bool linked = true)
    {
        var uid = Zuper.Screens.Create(
            ZuperModules.Invoice,
            new JsonObject
            {
                ["invoice_date"] = "2026-03-01",
                ["line_items"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "Visit",
                        ["quantity"] = 1,
                        ["unit_price"] = amount,
                    }
                ),
            }
        );
        Zuper.Screens.SetStatus(uid, "AWAIT_PAYMENT");
        var number = "INV-" + Zuper.Screens.Record(uid)!["invoice_no"];
        var recordNo = await BookAsync(number, amount);
        if (linked)
            await LinkAsync(uid, number, recordNo);
        return (uid, number);
    }

    /// <summary>Enters an invoice in Intacct only.</summary>
    /// <returns>Its RECORDNO.</returns>
    internal async Task<string> BookAsync(string number, decimal amount)
    {
        var fields = new InvoiceFields
        {
            CustomerId = Customer,
            Date = new DateOnly(2026, 3, 1),
            DueDate = new DateOnly(2026, 3, 31),
            InvoiceNo = number,
            Lines = [new InvoiceLine { GlAccountNo = "4000", Amount = amount }],
        };
        var function = InvoiceRequests.Create(new ControlId("by-hand-" + number), fields);
        var sending = Process
            .Get<IntacctClient>()
            .SendAsync(await CredentialsAsync(), [function], uniqueId: true, Forever);
        var result = Assert.Single((await sending).Results);
        return result.Key ?? throw new InvalidOperationException(result.Errors.ToString());
    }

    internal async Task<IntacctCredentials> CredentialsAsync() =>
        await Process.Get<ConnectionAccessSource>().GetIntacctAsync(await ConnectionAsync(), Forever);

    internal async Task LinkAsync(
        string uid,
        string number,
        string? targetId,
        RecordState state = RecordState.Synced,
        string customer = Customer
    )
    {
        var key = new SyncKey(Id, ZuperFlows.Invoices, uid);
        var entry = await Process.Get<KeyMapStore>().GetAsync(key, Forever) ?? new KeyMapEntry { Key = key };
        Assert.Single(
            await Process
                .Get<KeyMapStore>()
                .SaveAsync(
                    [
                        entry with
                        {
                            State = state,
                            Title = number,
                            TargetId = targetId,
                            NaturalKey = targetId is null ? null : $"{number}@{customer}",
                        },
                    ],
                    Forever
                )
        );
    }

    internal async Task ChangeSettingsAsync(Func<ZuperConnectionSettings, ZuperConnectionSettings> change) =>
        await Process.Get<ConnectionStore>().PutAsync(Id, change((await ConnectionAsync()).Zuper()), Forever);

    /// <summary>Polls Intacct as the timers would, then rests.</summary>
    internal async Task PollAsync(TimeSpan? within = null)
    {
        Clock.Advance(TimeSpan.FromMinutes(10));
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfIntacct, Clock.GetUtcNow(), Forever);
        await RestAsync(within);
    }

    internal async Task<KeyMapEntry> ItemEntryAsync(string itemId) => await RowAsync(ZuperFlows.Products, itemId);

    internal async Task<KeyMapEntry> PaymentEntryAsync(int payment) =>
        await RowAsync(ZuperFlows.Payments, payment.ToString(CultureInfo.InvariantCulture));

    internal decimal Due(string uid) =>
        decimal.Parse(Zuper.Screens.Record(uid)!["amount_due"]!.ToString(), CultureInfo.InvariantCulture);
}
