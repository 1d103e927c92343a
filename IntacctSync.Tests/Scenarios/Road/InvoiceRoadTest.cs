using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// A road whose scenarios are about invoices: the books have accounts, items and dimensions, and Zuper has an
/// organization.
/// </summary>
public abstract class InvoiceRoadTest : RoadTest
{
    /// <summary>The day on which the clock begins, where the account is.</summary>
    internal const string Today = "2026-03-02";

    internal string Organization { get; private set; } = "";

    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Invoices => Intacct.Company.Records("ARINVOICE");

    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Documents => Intacct.Company.Records("SODOCUMENT");

    /// <summary>
    /// Puts the connection with accounts for everything, an organization that is synced, and webhooks of invoices.
    /// </summary>
    internal async Task BooksAsync(Func<ZuperConnectionSettings, ZuperConnectionSettings>? change = null)
    {
        FillBooks();
        await ConnectAsync(s => change?.Invoke(WithAccounts(s)) ?? WithAccounts(s));
        Zuper.Screens.Subscribe(
            new Uri($"http://road.test/api/webhooks/{Id}"),
            HookSecret,
            "invoice.new",
            "invoice.update",
            "invoice.status_update",
            "invoice.payment",
            "invoice.delete",
            "invoice.bulk_action"
        );
        Organization = MakeOrganization("Harbor Dental Group");
        await RestAsync();
    }

    /// <summary>Changes the settings of the connection as it is.</summary>
    internal async Task SettingsAsync(Func<ZuperConnectionSettings, ZuperConnectionSettings> change)
    {
        var connection = await ConnectionAsync();
        await Process.Get<ConnectionStore>().PutAsync(Id, change(connection.Zuper()), Forever);
    }

    internal static ZuperConnectionSettings WithInvoice(
        ZuperConnectionSettings settings,
        Func<InvoiceSettings, InvoiceSettings> change
    ) => settings with { Invoice = change(settings.Invoice) };

    internal string MakeInvoice(params JsonObject[] lines) => MakeInvoice(null, lines);

    /// <summary>An invoice of today that awaits payment.</summary>
    internal string MakeInvoice(Action<JsonObject>? change, params JsonObject[] lines)
    {
        var fields = new JsonObject
        {
            ["organization"] = Organization,
            ["invoice_date"] = Today,
            ["due_date"] = "2026-04-01",
            ["invoice_status"] = "AWAIT_PAYMENT",
            ["line_items"] = new JsonArray([.. lines.Length == 0 ? [Line("Tune-up", 1, 129)] : lines]),
        };
        change?.Invoke(fields);
        var status = fields["invoice_status"]!.GetValue<string>();
        fields.Remove("invoice_status");
        var uid = Zuper.Screens.Create(ZuperModules.Invoice, fields);
        if (status != "DRAFT")
            Zuper.Screens.SetStatus(uid, status);
        return uid;
    }

    /// <summary>An invoice whose total Zuper has reckoned otherwise than from the rounded lines.</summary>
    internal string MakeInvoiceOf(decimal total, params JsonObject[] lines)
    {
        var uid = MakeInvoice(i => i["invoice_status"] = "DRAFT", lines);
        Zuper.Screens.BreakTotal(uid, total);
        Zuper.Screens.SetStatus(uid, "AWAIT_PAYMENT");
        return uid;
    }

    internal static JsonObject Line(string name, decimal quantity, decimal price, Action<JsonObject>? change = null)
    {
        var line = new JsonObject
        {
            ["name"] = name,
            ["quantity"] = quantity,
            ["unit_price"] = price,
        };
        change?.Invoke(line);
        return line;
    }

    /// <summary>Changes the lines as a person would; totals are reckoned anew.</summary>
    internal void EditLines(string uid, Action<JsonArray> change) =>
        Zuper.Screens.Edit(
            uid,
            invoice =>
            {
                change(invoice["line_items"]!.AsArray());
                foreach (var line in invoice["line_items"]!.AsArray())
                    line!.AsObject().Remove("total");
            }
        );

    internal async Task<KeyMapEntry> InvoiceEntryAsync(string uid) =>
        await Process.Get<KeyMapStore>().GetAsync(new SyncKey(Id, ZuperFlows.Invoices, uid), Forever)
        ?? throw new InvalidOperationException($"No row is stored for the invoice {uid}.");

    internal string? InvoiceId(string uid) => Zuper.Screens.CustomField(uid, "Sage Invoice ID");

    /// <summary>The counterpart that shows in Zuper.</summary>
    internal IReadOnlyDictionary<string, string> Booked(string uid) =>
        Intacct.Company.Record("ARINVOICE", InvoiceId(uid) ?? "0")!;

    internal string[] Amounts(string uid) => [.. LinesOf(uid).Select(l => l["TRX_AMOUNT"])];

    internal IEnumerable<IReadOnlyDictionary<string, string>> LinesOf(string uid) =>
        Intacct
            .Company.Records("ARINVOICEITEM")
            .Where(l => l["RECORDKEY"] == Booked(uid)["RECORDNO"])
            .OrderBy(l => int.Parse(l["LINE_NO"], CultureInfo.InvariantCulture));

    internal async Task AssertSyncedAsync(string uid)
    {
        var entry = await InvoiceEntryAsync(uid);
        Assert.True(
            entry.State == RecordState.Synced,
            $"{entry.State}: {entry.Problem} {string.Join("; ", entry.Timeline.Select(t => t.What + " " + t.Detail))}"
        );
    }

    internal async Task AssertNeedsAsync(string uid, string code)
    {
        var entry = await InvoiceEntryAsync(uid);
        Assert.True(
            entry.State == RecordState.NeedsAction && entry.Problem?.Code == code,
            $"{entry.State}: {entry.Problem} {string.Join("; ", entry.Timeline.Select(t => t.What + " " + t.Detail))}"
        );
    }

    /// <summary>A customer that is in Intacct without us.</summary>
    internal void AddCustomer(string id, string name) =>
        Add("CUSTOMER", ("CUSTOMERID", id), ("NAME", name), ("DISPLAYCONTACT.PRINTAS", name));

    internal async Task RetryAsync(string uid)
    {
        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().RetryAsync(connection, ZuperFlows.Invoices, uid, Forever);
        await RestAsync();
    }

    internal static ZuperConnectionSettings WithAccounts(ZuperConnectionSettings settings) =>
        settings with
        {
            Invoice = settings.Invoice with
            {
                GlAccountNo = "4000",
                TermName = "Net 30",
                Tax = new AccountSettings { GlAccountNo = "2200" },
                Discount = new AccountSettings { GlAccountNo = "4020" },
                Fee = new AccountSettings { GlAccountNo = "4090" },
            },
        };

    internal void FillBooks()
    {
        foreach (var account in new[] { "4000", "4010", "4020", "4090", "2200", "1200" })
            Add(
                "GLACCOUNT",
                ("ACCOUNTNO", account),
                ("TITLE", "Account " + account),
                ("ACCOUNTTYPE", "incomestatement"),
                ("NORMALBALANCE", "credit")
            );
        Add("ARACCOUNTLABEL", ("ACCOUNTLABEL", "Service"), ("DESCRIPTION", "Service"), ("GLACCOUNTNO", "4000"));
        Add("ARACCOUNTLABEL", ("ACCOUNTLABEL", "Sales Tax"), ("DESCRIPTION", "Tax"), ("GLACCOUNTNO", "2200"));
        Add("ARTERM", ("NAME", "Net 30"), ("DUEDATE", "30"), ("DUEFROM", "from invoice/bill date"));
        Add("ARTERM", ("NAME", "Net 15"), ("DUEDATE", "15"), ("DUEFROM", "from invoice/bill date"));
        Add("LOCATION", ("LOCATIONID", "100"), ("NAME", "Austin"));
        Add("LOCATION", ("LOCATIONID", "200"), ("NAME", "Portland"));
        Add("DEPARTMENT", ("DEPARTMENTID", "SVC"), ("TITLE", "Field Service"));
        Add("DEPARTMENT", ("DEPARTMENTID", "SAL"), ("TITLE", "Sales"));
        Add("CLASS", ("CLASSID", "RES"), ("NAME", "Residential"));
        Add("PROJECT", ("PROJECTID", "P-100"), ("NAME", "Retrofit"));
        Add(
            "ITEM",
            ("ITEMID", "SVC-HVAC"),
            ("NAME", "HVAC Tune-up"),
            ("ITEMTYPE", "Non-Inventory (Sales only)"),
            ("BASEPRICE", "129"),
            ("BASEUOM", "Each"),
            ("UOM.SOUOMDETAIL.UNIT", "Each")
        );
        Add(
            "ITEM",
            ("ITEMID", "FLT-16"),
            ("NAME", "Air Filter"),
            ("ITEMTYPE", "Non-Inventory (Sales only)"),
            ("BASEPRICE", "18.25"),
            ("BASEUOM", "Each"),
            ("UOM.SOUOMDETAIL.UNIT", "Each")
        );
    }

    private void Add(string kind, params (string Field, string Value)[] fields) =>
        Intacct.Company.Add(kind, fields.ToDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal));
}
