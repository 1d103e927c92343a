using System.Globalization;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>What accountants do in Intacct, and what befalls the road. What a screen refuses is not done.</summary>
internal sealed class ReceivablesDoing(ReceivablesRoad road)
{
    private static readonly string[] AtUpflow =
    [
        UpflowFaults.Http429,
        UpflowFaults.Http500,
        UpflowFaults.Http503,
        UpflowFaults.ResetBefore,
        UpflowFaults.ResetAfter,
        UpflowFaults.LostAnswer,
        UpflowFaults.Http503After,
        UpflowFaults.TruncatedAnswer,
    ];
    private static readonly string[] AtIntacct =
    [
        "http429",
        "http503",
        "resetBefore",
        "truncated",
        "sessionExpired",
        "resetAfter",
        "http524",
        "http502After",
    ];

    private readonly PortalDoing _portal = new(road);

    private int _count;

    /// <summary>How often each thing was done; what a screen refused does not count.</summary>
    public Dictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    private IntacctScreens Screens => road.Intacct.Screens;

    public async Task DoAsync(ReceivablesStep step)
    {
        var random = new Random(step.Seed);
        if (await DoToTheRoadAsync(step.What, random) || Try(() => Enter(step.What, random)))
            Done[step.What] = Done.GetValueOrDefault(step.What) + 1;
    }

    /// <summary>What a step does in Intacct; nothing for one of the road.</summary>
    public void DoInIntacct(ReceivablesStep step)
    {
        if (Try(() => Enter(step.What, new Random(step.Seed))))
            Done[step.What] = Done.GetValueOrDefault(step.What) + 1;
    }

    /// <returns>Whether the step was one of these.</returns>
    private async Task<bool> DoToTheRoadAsync(string what, Random random)
    {
        switch (what)
        {
            case "poll":
                await road.PollSomeAsync(random);
                break;
            case "backfill":
                await road.BackfillSomeAsync(random);
                break;
            case "work":
                await road.RestAsync(TimeSpan.FromMinutes(random.Next(1, 20)));
                break;
            case "time":
                road.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 1200)));
                break;
            case "crash":
                await road.RestartAsync();
                break;
            case "dieAtAStep":
                await road.DieAsync(random.Next(1, 80));
                break;
            case "fault" when random.Next(3) > 0:
                road.Upflow.Faults.Add(Rule(AtUpflow, random));
                break;
            case "fault":
                road.Intacct.Faults.Add(Rule(AtIntacct, random));
                break;
            case "settings":
                await road.ChangeSomeSettingsAsync(random);
                break;
            case "quiet":
                await road.BeQuietAsync();
                break;
            default:
                return false;
        }

        return true;
    }

    private static FaultRule Rule(string[] faults, Random random) =>
        new()
        {
            Fault = faults[random.Next(faults.Length)],
            Times = 1,
            Skip = random.Next(4),
        };

    /// <summary>As a person who is told that it can't be done, and goes on.</summary>
    private static bool Try(Func<bool> act)
    {
        try
        {
            return act();
        }
        catch (Exception e)
            when (e is ArgumentException or InvalidOperationException || e.GetType().Name == "RefusedException")
        {
            return false;
        }
    }

    /// <returns>False where there was nothing that it could be done to.</returns>
    private bool Enter(string what, Random random)
    {
        _count++;
        var customer = road.CustomerIds[random.Next(road.CustomerIds.Count)];
        return EnterDocument(what, customer, random)
            || ChangeDocument(what, random)
            || EnterPayment(what, random)
            || EnterCustomer(what, customer, random)
            || _portal.Enter(what, random);
    }

    private bool EnterDocument(string what, string customer, Random random)
    {
        var currency = what == "currencyInvoice" ? Foreign(random) : AnyCurrency(random);
        switch (what)
        {
            case "invoice":
                Screens.PostInvoice(customer, Name("INV"), Amounts(random));
                return true;
            case "currencyInvoice":
                Screens.PostInvoice(customer, Name("INV"), Amount(random, currency), currency: currency);
                return true;
            case "draftInvoice":
                Screens.PostInvoice(customer, Name("INV"), Amounts(random), draft: true);
                return true;
            case "debitMemo":
                Screens.PostDebitMemo(customer, Name("DM"), Amount(random, currency), currency: currency);
                return true;
            case "creditMemo":
                Screens.PostCreditMemo(customer, Name("CM"), Amount(random, currency), currency: currency);
                return true;
            case "negativeInvoice":
                Screens.PostInvoice(customer, Name("NEG"), -Amount(random, currency), currency: currency);
                return true;
            case "advance":
                Screens.Advance(customer, Amount(random, currency), reference: Name("ADV"), currency: currency);
                return true;
            case "taxInvoice" when road.KnowsTax:
                Screens.PostInvoiceWithTax(customer, Name("TAX"), Amount(random, ""), random.Next(0, 2000) / 100m);
                return true;
            case "taxMemo" when road.KnowsTax:
                Screens.PostCreditMemoWithTax(customer, Name("CMT"), Amount(random, ""), random.Next(0, 2000) / 100m);
                return true;
            case "order":
                Screens.PostOrder(customer, Name("SO"), ReceivablesRoad.Item, Amount(random, ""));
                return true;
            default:
                return false;
        }
    }

    private bool ChangeDocument(string what, Random random)
    {
        switch (what)
        {
            case "submitInvoice" when Document("ARINVOICE", random, d => d["STATE"] == "Draft") is { } draft:
                Screens.SubmitInvoice(draft["RECORDID"]);
                return true;
            case "editInvoice" when Document("ARINVOICE", random, d => IsPosted(d) && IsUnpaid(d)) is { } unpaid:
                Screens.EditInvoiceLine(
                    unpaid["RECORDID"],
                    1,
                    Amount(random, unpaid["CURRENCY"])
                        * (HistoryDoing.Amount(unpaid, "TRX_TOTALENTERED") < 0 && random.Next(3) > 0 ? -1 : 1)
                );
                return true;
            case "editPaidInvoice" when Document("ARINVOICE", random, d => IsPosted(d) && !IsUnpaid(d)) is { } paid:
                Screens.EditInvoice(
                    paid["RECORDID"],
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["DESCRIPTION"] = Name("Edited"),
                        ["WHENDUE"] = random.Next(2) == 0 ? paid["WHENDUE"] : "12/31/2026",
                    }
                );
                return true;
            case "editOrder" when Document("ARINVOICE", random, d => IsPosted(d) && IsOfOrder(d)) is { } order:
                Screens.EditOrder(order["RECORDID"], ReceivablesRoad.Item, Amount(random, ""));
                return true;
            case "reverseInvoice" when Document("ARINVOICE", random, IsPosted) is { } invoice:
                Screens.ReverseInvoice(invoice["RECORDID"]);
                return true;
            case "deleteInvoice" when Document("ARINVOICE", random, IsPosted) is { } invoice:
                Screens.DeleteInvoice(invoice["RECORDID"]);
                return true;
            case "reverseMemo" when Document("ARADJUSTMENT", random, IsPosted) is { } memo:
                Screens.ReverseAdjustment(Number(memo));
                return true;
            case "deleteMemo" when Document("ARADJUSTMENT", random, IsPosted) is { } memo:
                Screens.DeleteAdjustment(Number(memo));
                return true;
            case "editMemo" when Document("ARADJUSTMENT", random, IsPosted) is { } memo:
                Screens.EditAdjustmentLine(
                    Number(memo),
                    1,
                    Amount(random, memo["CURRENCY"]) * Math.Sign(HistoryDoing.Amount(memo, "TRX_TOTALENTERED"))
                );
                return true;
            default:
                return false;
        }
    }

    private bool EnterPayment(string what, Random random)
    {
        switch (what)
        {
            case "pay" or "payTwo" or "payTooMuch" or "discount" or "mixed" or "payDraft":
                return Receive(what, random);
            case "writeOff" when Due(random).FirstOrDefault() is { } due:
                WriteOff(due, random);
                return true;
            case "deposit":
                Screens.Deposit(
                    road.CustomerIds[random.Next(road.CustomerIds.Count)],
                    Amount(random, "JPY"),
                    random.Next(3) == 0 ? "JPY" : ""
                );
                return true;
            case "applyMemo" when Document("ARADJUSTMENT", random, d => IsCredit(d) && IsOwedTo(d)) is { } memo:
                return Apply(random, memo, due => Screens.ApplyCreditMemo(Number(memo), due));
            case "applyNegative" when Document("ARINVOICE", random, d => IsCredit(d) && IsOwedTo(d)) is { } invoice:
                return Apply(random, invoice, due => Screens.ApplyNegativeInvoice(invoice["RECORDID"], due));
            case "applyAdvance" when Document("ARADVANCE", random, d => HasRest(d) && IsOwedTo(d)) is { } advance:
                return Apply(random, advance, due => Screens.ApplyCredit(Number(advance), due));
            case "applyRest" when Payment(random, p => p["DISPLAYSTATE"] == "Complete" && HasRest(p)) is { } payment:
                return Apply(random, payment, due => Screens.ApplyCredit(Number(payment), due));
            case "changeApplication" when Applied(random) is var (payment, number, amount) && number.Length > 0:
                Screens.ChangeApplication(payment, number, Part(random, amount));
                return true;
            case "removeApplication" when Applied(random) is var (payment, number, _) && number.Length > 0:
                Screens.RemoveApplication(payment, random.Next(2) == 0 ? number : null);
                return true;
            case "editPayment" when Applied(random) is var (payment, number, amount) && number.Length > 0:
                Screens.EditPayment(payment, [new PaymentRow(number, Part(random, amount))], reference: Name("EDIT"));
                return true;
            case "reversePayment"
                when Payment(random, p => p["DISPLAYSTATE"] == "Complete", advances: true) is { } payment:
                Screens.ReversePayment(Number(payment));
                return true;
            case "backToDraft" when Payment(random, p => p["DISPLAYSTATE"] == "Complete") is { } payment:
                Screens.BackToDraft(Number(payment));
                return true;
            case "submitDraft" when Payment(random, p => p["DISPLAYSTATE"] == "Draft") is { } payment:
                Screens.SubmitDraft(Number(payment));
                return true;
            case "deleteDraft" when Payment(random, p => p["DISPLAYSTATE"] == "Draft") is { } payment:
                Screens.DeletePayment(Number(payment));
                return true;
            default:
                return false;
        }
    }

    private bool EnterCustomer(string what, string customer, Random random)
    {
        var other = road.CustomerIds[random.Next(road.CustomerIds.Count)];
        switch (what)
        {
            case "renameCustomer":
                Screens.RenameCustomer(customer, Name("Renamed"));
                return true;
            case "reparent":
                Screens.Reparent(customer, random.Next(2) == 0 || other == customer ? null : other);
                return true;
            case "deactivate":
                Screens.Deactivate(customer);
                return true;
            case "activate":
                Screens.Activate(customer);
                return true;
            case "contact":
                var name = Name("Contact");
                Screens.AddContact(name, $"c{_count}@example.test", "Ines", Name("Roy"));
                Screens.AttachContact(customer, Name("Billing"), name);
                return true;
            case "shareContact" when Contact(random) is { } shared:
                Screens.AttachContact(customer, Name("Shared"), shared["CONTACTNAME"]);
                return true;
            case "detachContacts":
                Screens.DetachContacts(customer);
                return true;
            case "email" or "noEmail" or "sharedEmail" or "renameContact" when Contact(random) is { } contact:
                Change(what, contact["CONTACTNAME"]);
                return true;
            default:
                return false;
        }
    }

    private IReadOnlyDictionary<string, string>? Contact(Random random) =>
        Document("CONTACT", random, c => c["CONTACTNAME"].StartsWith("Contact", StringComparison.Ordinal));

    private void Change(string what, string contact)
    {
        if (what == "renameContact")
            Screens.RenameContact(contact, Name("Contact"));
        else
            Screens.SetEmail(
                contact,
                what switch
                {
                    "email" => $"new{_count}@example.test",
                    "noEmail" => "",
                    _ => "c1@harbor.example",
                }
            );
    }

    private bool Receive(string what, Random random)
    {
        var due = Due(random);
        if (due.Count == 0)
            return false;
        var (customer, currency) = (due[0]["CUSTOMERID"], due[0]["CURRENCY"]);
        var rows = due.Take(what == "payTwo" ? 2 : 1).ToList();
        var credit = Document(
            "ARADJUSTMENT",
            random,
            d => IsCredit(d) && d["CUSTOMERID"] == customer && d["CURRENCY"] == currency
        );
        Screens.Receive(
            customer,
            rows.Select(r =>
            {
                var open = HistoryDoing.Amount(r, "TRX_TOTALDUE");
                var part = Part(random, open);
                return what switch
                {
                    "discount" => new PaymentRow(
                        r["RECORDID"],
                        part,
                        Math.Min(open - part, Half(Part(random, open), currency))
                    ),
                    "mixed" when credit is not null => new PaymentRow(
                        r["RECORDID"],
                        Money: Half(part, currency),
                        Credit: Math.Min(Half(part, currency), -HistoryDoing.Amount(credit, "TRX_TOTALDUE")),
                        CreditMemo: Number(credit)
                    ),
                    _ => new PaymentRow(r["RECORDID"], part),
                };
            }),
            total: what == "payTooMuch"
                ? rows.Sum(r => HistoryDoing.Amount(r, "TRX_TOTALDUE")) + random.Next(1, 50)
                : null,
            method: random.Next(2) == 0 ? "EFT" : "Credit Card",
            reference: Name("PAY"),
            draft: what == "payDraft"
        );
        return true;
    }

    /// <summary>Nobody will pay what is left: it is written off with a payment of nothing, or by a memo.</summary>
    private void WriteOff(IReadOnlyDictionary<string, string> due, Random random)
    {
        var (customer, open) = (due["CUSTOMERID"], HistoryDoing.Amount(due, "TRX_TOTALDUE"));
        if (random.Next(2) == 0)
            Screens.Receive(customer, [new PaymentRow(due["RECORDID"], Discount: open)]);
        else
            Screens.ApplyCreditMemo(
                Screens.PostCreditMemo(customer, Name("WO"), open, currency: due["CURRENCY"]),
                [(due["RECORDID"], open)]
            );
    }

    private bool Apply(
        Random random,
        IReadOnlyDictionary<string, string> credit,
        Action<IReadOnlyList<(string Number, decimal Amount)>> apply
    )
    {
        var left = Math.Abs(HistoryDoing.Amount(credit, "TRX_TOTALDUE"));
        var due = Due(random, credit["CUSTOMERID"], credit["CURRENCY"]).FirstOrDefault();
        if (due is null || left == 0)
            return false;
        apply([(due["RECORDID"], Part(random, Math.Min(left, HistoryDoing.Amount(due, "TRX_TOTALDUE"))))]);
        return true;
    }

    /// <summary>What is owed: by one customer and in one currency, in any order.</summary>
    private List<IReadOnlyDictionary<string, string>> Due(
        Random random,
        string? customer = null,
        string? currency = null
    )
    {
        var due = road
            .Intacct.Company.Records("ARINVOICE")
            .Concat(road.Intacct.Company.Records("ARADJUSTMENT"))
            .Where(d => IsPosted(d) && HistoryDoing.Amount(d, "TRX_TOTALDUE") > 0)
            .Where(d => customer is null || d["CUSTOMERID"] == customer)
            .Where(d => currency is null || d["CURRENCY"] == currency)
            .OrderBy(_ => random.Next())
            .ToList();
        return [.. due.Where(d => d["CUSTOMERID"] == due[0]["CUSTOMERID"] && d["CURRENCY"] == due[0]["CURRENCY"])];
    }

    /// <summary>A complete payment, an invoice that its money pays, and how much.</summary>
    private (int Payment, string Number, decimal Amount) Applied(Random random)
    {
        if (Payment(random, p => p["DISPLAYSTATE"] == "Complete") is not { } payment)
            return (0, "", 0);
        var detail = road
            .Intacct.Company.Records("ARPYMTDETAIL")
            .FirstOrDefault(d => d["PAYMENTKEY"] == payment["RECORDNO"] && d.GetValueOrDefault("RECORDKEY", "") != "");
        var invoice = detail is null
            ? null
            : road.Intacct.Company.Records("ARINVOICE").FirstOrDefault(i => i["RECORDNO"] == detail["RECORDKEY"]);
        return invoice is null
            ? (0, "", 0)
            : (Number(payment), invoice["RECORDID"], HistoryDoing.Amount(invoice, "TRX_TOTALENTERED"));
    }

    private IReadOnlyDictionary<string, string>? Payment(
        Random random,
        Func<IReadOnlyDictionary<string, string>, bool> fits,
        bool advances = false
    ) => Document("ARPYMT", random, p => fits(p) && (advances || (p["RECORDTYPE"] != "rr" && !PortalDoing.IsTaken(p))));

    private IReadOnlyDictionary<string, string>? Document(
        string kind,
        Random random,
        Func<IReadOnlyDictionary<string, string>, bool> fits
    )
    {
        var records = road.Intacct.Company.Records(kind).Where(fits).ToList();
        return records.Count == 0 ? null : records[random.Next(records.Count)];
    }

    private static bool IsPosted(IReadOnlyDictionary<string, string> document) =>
        document["STATE"] is "Posted" or "Partially Paid" or "Paid";

    private static bool IsOfOrder(IReadOnlyDictionary<string, string> document) =>
        document["RECORDID"].StartsWith("SO", StringComparison.Ordinal);

    private static bool IsCredit(IReadOnlyDictionary<string, string> document) =>
        IsPosted(document) && HistoryDoing.Amount(document, "TRX_TOTALDUE") < 0;

    private static bool HasRest(IReadOnlyDictionary<string, string> credit) =>
        HistoryDoing.Amount(credit, "TRX_TOTALDUE") > 0;

    /// <summary>Whether something is owed that the credit could be applied to.</summary>
    private bool IsOwedTo(IReadOnlyDictionary<string, string> credit) =>
        Due(new Random(0), credit["CUSTOMERID"], credit["CURRENCY"]).Count > 0;

    private static int Number(IReadOnlyDictionary<string, string> record) =>
        int.Parse(record["RECORDNO"], CultureInfo.InvariantCulture);

    private static bool IsUnpaid(IReadOnlyDictionary<string, string> document) =>
        HistoryDoing.Amount(document, "TRX_TOTALPAID") == 0;

    private static decimal[] Amounts(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Amount(random, ""))];

    private static string AnyCurrency(Random random) => random.Next(4) == 0 ? Foreign(random) : "";

    private static string Foreign(Random random) =>
        random.Next(3) switch
        {
            0 => "JPY",
            1 => "KWD",
            _ => "EUR",
        };

    /// <summary>With all the decimals that a currency has in Intacct, or with fewer.</summary>
    private static decimal Amount(Random random, string currency) =>
        currency switch
        {
            "JPY" => random.Next(100, 90000),
            _ => random.Next(100, 50000) / 100m,
        };

    private static decimal Half(decimal amount, string currency) =>
        Math.Round(amount / 2, Math.Min(2, UpflowMoney.DecimalsOf(currency)), MidpointRounding.ToZero);

    /// <summary>All of an amount, or a whole part of it.</summary>
    private static decimal Part(Random random, decimal amount) =>
        random.Next(2) == 0 ? amount : Math.Max(1, Math.Floor(amount / random.Next(2, 5)));

    private string Name(string of) => string.Create(CultureInfo.InvariantCulture, $"{of} {_count}");
}
