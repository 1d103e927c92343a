using System.Globalization;
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
    private static readonly string[] AtIntacct = ["http429", "http503", "resetBefore", "truncated", "sessionExpired"];

    private int _count;

    private IntacctScreens Screens => road.Intacct.Screens;

    public async Task DoAsync(ReceivablesStep step)
    {
        var random = new Random(step.Seed);
        switch (step.What)
        {
            case "poll":
                await road.PollSomeAsync(random);
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
                await road.DieAsync(random.Next(1, 40));
                break;
            case "fault" when random.Next(3) > 0:
                road.Upflow.Faults.Add(Rule(AtUpflow, random));
                break;
            case "fault":
                road.Intacct.Faults.Add(Rule(AtIntacct, random));
                break;
            case "quiet":
                await road.BeQuietAsync();
                break;
            default:
                Try(() => Enter(step.What, random));
                break;
        }
    }

    private static FaultRule Rule(string[] faults, Random random) =>
        new()
        {
            Fault = faults[random.Next(faults.Length)],
            Times = 1,
            Skip = random.Next(4),
        };

    /// <summary>As a person who is told that it can't be done, and goes on.</summary>
    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is ArgumentException || e.GetType().Name == "RefusedException") { }
    }

    private void Enter(string what, Random random)
    {
        _count++;
        var customer = road.CustomerIds[random.Next(road.CustomerIds.Count)];
        switch (what)
        {
            case "invoice":
                Screens.PostInvoice(customer, Name("INV"), Amounts(random));
                break;
            case "currencyInvoice":
                var (currency, amount) = random.Next(3) switch
                {
                    0 => ("JPY", random.Next(100, 90000)),
                    1 => ("KWD", random.Next(1000, 90000) / 1000m),
                    _ => ("EUR", random.Next(1000, 90000) / 100m),
                };
                Screens.PostInvoice(customer, Name("INV"), amount, currency: currency);
                break;
            case "draftInvoice":
                Screens.PostInvoice(customer, Name("INV"), Amounts(random), draft: true);
                break;
            case "submitInvoice" when Document("ARINVOICE", random, d => d["STATE"] == "Draft") is { } draft:
                Screens.SubmitInvoice(draft["RECORDID"]);
                break;
            case "debitMemo":
                Screens.PostDebitMemo(customer, Name("DM"), Amount(random));
                break;
            case "creditMemo":
                Screens.PostCreditMemo(customer, Name("CM"), Amount(random));
                break;
            case "negativeInvoice":
                Screens.PostInvoice(customer, Name("NEG"), -Amount(random));
                break;
            case "advance":
                Screens.Advance(customer, Amount(random), reference: Name("ADV"));
                break;
            case "editInvoice"
                when Document("ARINVOICE", random, d => d["TRX_TOTALPAID"] is "0" or "0.00") is { } unpaid:
                Screens.EditInvoiceLine(unpaid["RECORDID"], 1, Amount(random));
                break;
            case "reverseInvoice" when Document("ARINVOICE", random, IsPosted) is { } invoice:
                Screens.ReverseInvoice(invoice["RECORDID"]);
                break;
            case "deleteInvoice" when Document("ARINVOICE", random, IsPosted) is { } invoice:
                Screens.DeleteInvoice(invoice["RECORDID"]);
                break;
            case "reverseMemo" when Document("ARADJUSTMENT", random, IsPosted) is { } memo:
                Screens.ReverseAdjustment(Number(memo));
                break;
            case "deleteMemo" when Document("ARADJUSTMENT", random, IsPosted) is { } memo:
                Screens.DeleteAdjustment(Number(memo));
                break;
            case "editMemo" when Document("ARADJUSTMENT", random, IsPosted) is { } memo:
                Screens.EditAdjustmentLine(
                    Number(memo),
                    1,
                    Amount(random) * Math.Sign(HistoryDoing.Amount(memo, "TRX_TOTALENTERED"))
                );
                break;
            default:
                EnterPayment(what, random);
                EnterCustomer(what, customer, random);
                break;
        }
    }

    private void EnterPayment(string what, Random random)
    {
        switch (what)
        {
            case "pay" or "payTwo" or "payTooMuch" or "discount" or "mixed":
                Receive(what, random);
                break;
            case "applyMemo" when Document("ARADJUSTMENT", random, IsCredit) is { } memo:
                Apply(random, memo, due => Screens.ApplyCreditMemo(Number(memo), due));
                break;
            case "applyNegative" when Document("ARINVOICE", random, IsCredit) is { } invoice:
                Apply(random, invoice, due => Screens.ApplyNegativeInvoice(invoice["RECORDID"], due));
                break;
            case "applyAdvance" when Document("ARADVANCE", random, HasRest) is { } advance:
                Apply(random, advance, due => Screens.ApplyCredit(Number(advance), due));
                break;
            case "applyRest" when Payment(random, p => p["DISPLAYSTATE"] == "Complete" && HasRest(p)) is { } payment:
                Apply(random, payment, due => Screens.ApplyCredit(Number(payment), due));
                break;
            case "changeApplication" when Applied(random) is var (payment, number, amount) && number.Length > 0:
                Screens.ChangeApplication(payment, number, Part(random, amount));
                break;
            case "removeApplication" when Applied(random) is var (payment, number, _) && number.Length > 0:
                Screens.RemoveApplication(payment, random.Next(2) == 0 ? number : null);
                break;
            case "editPayment" when Applied(random) is var (payment, number, amount) && number.Length > 0:
                Screens.EditPayment(payment, [new PaymentRow(number, Part(random, amount))], reference: Name("EDIT"));
                break;
            case "reversePayment"
                when Payment(random, p => p["DISPLAYSTATE"] == "Complete", advances: true) is { } payment:
                Screens.ReversePayment(Number(payment));
                break;
            case "backToDraft" when Payment(random, p => p["DISPLAYSTATE"] == "Complete") is { } payment:
                Screens.BackToDraft(Number(payment));
                break;
            case "submitDraft" when Payment(random, p => p["DISPLAYSTATE"] == "Draft") is { } payment:
                Screens.SubmitDraft(Number(payment));
                break;
            case "deleteDraft" when Payment(random, p => p["DISPLAYSTATE"] == "Draft") is { } payment:
                Screens.DeletePayment(Number(payment));
                break;
        }
    }

    private void EnterCustomer(string what, string customer, Random random)
    {
        var other = road.CustomerIds[random.Next(road.CustomerIds.Count)];
        switch (what)
        {
            case "renameCustomer":
                Screens.RenameCustomer(customer, Name("Renamed"));
                break;
            case "reparent":
                Screens.Reparent(customer, random.Next(2) == 0 || other == customer ? null : other);
                break;
            case "deactivate":
                Screens.Deactivate(customer);
                break;
            case "activate":
                Screens.Activate(customer);
                break;
            case "contact":
                var name = Name("Contact");
                Screens.AddContact(name, $"c{_count}@example.test", "Ines", Name("Roy"));
                Screens.AttachContact(customer, Name("Billing"), name);
                break;
            case "email"
            or "noEmail"
            or "sharedEmail"
            or "renameContact"
                when Document("CONTACT", random, c => c["CONTACTNAME"].StartsWith("Contact", StringComparison.Ordinal))
                    is { } contact:
                Change(what, contact["CONTACTNAME"]);
                break;
        }
    }

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

    private void Receive(string what, Random random)
    {
        var due = Due(random);
        if (due.Count == 0)
            return;
        var (customer, rows) = (due[0]["CUSTOMERID"], due.Take(what == "payTwo" ? 2 : 1).ToList());
        var credit = Document(
            "ARADJUSTMENT",
            random,
            d => IsCredit(d) && d["CUSTOMERID"] == customer && d["CURRENCY"] == due[0]["CURRENCY"]
        );
        Screens.Receive(
            customer,
            rows.Select(r =>
            {
                var open = HistoryDoing.Amount(r, "TRX_TOTALDUE");
                var part = Part(random, open);
                return what switch
                {
                    "discount" => new PaymentRow(r["RECORDID"], part, Math.Min(open - part, Part(random, open) / 2)),
                    "mixed" when credit is not null => new PaymentRow(
                        r["RECORDID"],
                        Money: part / 2,
                        Credit: Math.Min(part / 2, -HistoryDoing.Amount(credit, "TRX_TOTALDUE")),
                        CreditMemo: Number(credit)
                    ),
                    _ => new PaymentRow(r["RECORDID"], part),
                };
            }),
            total: what == "payTooMuch"
                ? rows.Sum(r => HistoryDoing.Amount(r, "TRX_TOTALDUE")) + random.Next(1, 50)
                : null,
            method: random.Next(2) == 0 ? "EFT" : "Credit Card",
            reference: Name("PAY")
        );
    }

    private void Apply(
        Random random,
        IReadOnlyDictionary<string, string> credit,
        Action<IReadOnlyList<(string Number, decimal Amount)>> apply
    )
    {
        var left = Math.Abs(HistoryDoing.Amount(credit, "TRX_TOTALDUE"));
        var due = Due(random, credit["CUSTOMERID"], credit["CURRENCY"]).FirstOrDefault();
        if (due is not null && left > 0)
            apply([(due["RECORDID"], Part(random, Math.Min(left, HistoryDoing.Amount(due, "TRX_TOTALDUE"))))]);
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
    ) => Document("ARPYMT", random, p => fits(p) && (advances || p["RECORDTYPE"] != "rr"));

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

    private static bool IsCredit(IReadOnlyDictionary<string, string> document) =>
        IsPosted(document) && HistoryDoing.Amount(document, "TRX_TOTALDUE") < 0;

    private static bool HasRest(IReadOnlyDictionary<string, string> credit) =>
        HistoryDoing.Amount(credit, "TRX_TOTALDUE") > 0;

    private static int Number(IReadOnlyDictionary<string, string> record) =>
        int.Parse(record["RECORDNO"], CultureInfo.InvariantCulture);

    private static decimal[] Amounts(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Amount(random))];

    private static decimal Amount(Random random) => random.Next(100, 50000) / 100m;

    /// <summary>All of an amount, or a whole part of it.</summary>
    private static decimal Part(Random random, decimal amount) =>
        random.Next(2) == 0 ? amount : Math.Max(1, Math.Floor(amount / random.Next(2, 5)));

    private string Name(string of) => string.Create(CultureInfo.InvariantCulture, $"{of} {_count}");
}
