using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Receipts;

public sealed class ReceiptDecisionTests
{
    private static readonly DateOnly Start = new(2026, 3, 1);

    private static readonly DateTimeOffset Now = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    private static readonly ReceiptSettings Settings = new() { BankAccountId = "BANK" };

    [Fact]
    public void One_that_is_linked_as_a_whole_is_posted_line_by_line()
    {
        var post = Assert.IsType<ReceiptDecision.Post>(
            Unposted(Facts() with { Parts = [Part("5150", 6000), Part("ARADJUSTMENT-88", 4000)] })
        );
        Assert.Equal([new PaymentLine("5150", null, 60m), new PaymentLine(null, "88", 40m)], post.Fields.Lines);
        Assert.Equal(
            ("BANK", null, "C1", "pi_3Nx", new DateOnly(2026, 3, 2), "USD"),
            (
                post.Fields.FinancialEntity,
                post.Fields.UndepositedAccountNo,
                post.Fields.CustomerId,
                post.Fields.DocNumber,
                post.Fields.ReceiptDate,
                post.Fields.Currency
            )
        );
    }

    [Theory]
    [InlineData("CARD", "Credit Card")]
    [InlineData("CHECK", "Printed Check")]
    [InlineData("CASH", "Cash")]
    [InlineData("WIRE_TRANSFER", "EFT")]
    [InlineData(null, "EFT")]
    public void Its_instrument_is_a_method_of_Intacct_and_a_setting_says_another(string? instrument, string method)
    {
        var facts = Facts(instrument: instrument);
        Assert.Equal(method, Assert.IsType<ReceiptDecision.Post>(Unposted(facts)).Fields.PaymentMethod);
        var other = Settings with
        {
            PaymentMethods = new Dictionary<string, string> { [instrument ?? UpflowInstruments.Unknown] = "Own" },
        };
        Assert.Equal("Own", Assert.IsType<ReceiptDecision.Post>(Unposted(facts, settings: other)).Fields.PaymentMethod);
    }

    [Theory]
    [InlineData("2026-02-28", false, "Skip")]
    [InlineData("2026-03-01", false, "Post")]
    [InlineData("2026-02-28", true, "Post")]
    public void One_from_before_the_start_is_left_out_unless_a_person_asks(string date, bool requested, string what) =>
        Assert.Equal(what, Unposted(Facts(date: date), requested).GetType().Name);

    [Fact]
    public void One_from_before_the_start_is_posted_where_its_invoices_owe_it_still() =>
        Assert.IsType<ReceiptDecision.Post>(Unposted(Facts(date: "2026-02-28") with { IsOwed = true }));

    [Theory]
    [InlineData("null", false)]
    [InlineData("\"much\"", false)]
    [InlineData("null", true)]
    public void One_whose_amount_can_not_be_read_is_asked_about_and_neither_left_out_nor_reversed(
        string amount,
        bool posted
    )
    {
        var facts = Saying($$"""{"amount": {{amount}}}""");
        var decision = posted ? Posted(facts with { Posted = PostedAs() }) : Unposted(facts);
        Assert.Equal("receipt-unreadable", Assert.IsType<ReceiptDecision.Reject>(decision).Failure.Problem.Code);
    }

    [Theory]
    [InlineData("KWD", 5125, "receipt-amount-uneven")]
    [InlineData("KWD", 5120, null)]
    [InlineData("JPY", 1001, null)]
    [InlineData("USD", 1001, null)]
    public void An_amount_of_more_than_two_decimals_is_not_posted(string currency, long amount, string? code)
    {
        var facts = Saying($$"""{"currency": "{{currency}}", "amount": {{amount}}}""") with
        {
            Parts = [Part("1", amount)],
        };
        Assert.Equal(code, (Unposted(facts) as ReceiptDecision.Reject)?.Failure.Problem.Code);
    }

    [Theory]
    [InlineData("USD", null)]
    [InlineData(" usd ", null)]
    [InlineData(null, null)]
    [InlineData("EUR", "receipt-currency-differs")]
    public void An_invoice_in_another_currency_is_never_paid_by_the_bare_number(string? currency, string? code)
    {
        var decision = Unposted(Facts() with { Parts = [Part("1", 10000) with { Currency = currency }] });
        Assert.Equal(code, (decision as ReceiptDecision.Reject)?.Failure.Problem.Code);
    }

    [Theory]
    [InlineData("""{"createdAt": "2026-03-05T11:59:00"}""", false, "Skip")]
    [InlineData("""{"createdAt": "2026-03-05T12:01:00", "validatedAt": "2026-03-04"}""", false, "Post")]
    [InlineData("""{"validatedAt": "2026-03-04"}""", false, "Skip")]
    [InlineData("""{"validatedAt": "2026-03-05", "modifiedAt": "2026-03-05T11:59:00"}""", false, "Skip")]
    [InlineData("""{"validatedAt": "2026-03-05", "modifiedAt": "2026-03-05T12:01:00"}""", false, "Post")]
    [InlineData("""{"validatedAt": "2026-03-04", "modifiedAt": "2026-03-07T12:00:00"}""", false, "Post")]
    [InlineData("""{"createdAt": "2026-03-05T11:59:00", "status": "PENDING"}""", false, "Reject")]
    [InlineData("""{"validatedAt": "2026-03-05"}""", false, "Post")]
    [InlineData("""{"createdAt": "2026-03-05T11:59:00"}""", true, "Post")]
    public void One_from_before_receipts_were_switched_on_is_left_out_unless_a_person_asks(
        string said,
        bool requested,
        string what
    )
    {
        var on = new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
        var decision = ReceiptDecision.For(Entry(null), Saying(said), Settings, Start, requested, on);
        Assert.Equal(what, decision.GetType().Name);
    }

    [Theory]
    [InlineData("status", "FAILED", "Skip")]
    [InlineData("state", "charged back", "Skip")]
    [InlineData("status", "Canceled", "Skip")]
    [InlineData("status", "PENDING", "receipt-under-way")]
    [InlineData("status", "SUCCEEDED", "Post")]
    [InlineData("status", "A_WORD_OF_TOMORROW", "Post")]
    public void What_Upflow_says_of_the_money_decides_whether_it_is_posted(string field, string word, string what)
    {
        var decision = Unposted(Saying($$"""{"{{field}}": "{{word}}"}"""));
        Assert.Equal(
            what,
            decision is ReceiptDecision.Reject reject ? reject.Failure.Problem.Code : decision.GetType().Name
        );
    }

    [Theory]
    [InlineData("Complete", "2026-03-09T10:00:00", "2026-03-09")]
    [InlineData("Complete", "2026-03-01T10:00:00", "2026-03-02")]
    [InlineData("Complete", null, "2026-03-02")]
    [InlineData("Reversed", "2026-03-09T10:00:00", null)]
    public void What_is_posted_and_fails_later_is_reversed(string posted, string? changed, string? on)
    {
        var facts = Saying(
            $$"""{"status": "FAILED", "modifiedAt": {{(changed is null ? "null" : $"\"{changed}\"")}}}"""
        );
        var decision = Posted(facts with { Posted = PostedAs(posted), Parts = [] });
        if (on is null)
            Assert.IsType<ReceiptDecision.Unchanged>(decision);
        else
            Assert.Equal(
                (Day(on), "Failed in Upflow"),
                (
                    Assert.IsType<ReceiptDecision.Reverse>(decision).Date,
                    Assert.IsType<ReceiptDecision.Reverse>(decision).Reason
                )
            );
    }

    [Theory]
    [InlineData(71, false, FailureClass.Throttled, "receipt-not-linked")]
    [InlineData(72, false, FailureClass.Data, "receipt-left-unlinked")]
    [InlineData(0, true, FailureClass.Data, "receipt-invoice-gone")]
    public void One_that_is_not_linked_waits_for_three_days_unless_its_invoice_is_gone(
        int hours,
        bool gone,
        FailureClass failure,
        string code
    ) =>
        AssertRejects(
            code,
            failure,
            ReceiptDecision.For(
                Entry(null),
                Facts() with
                {
                    Parts = [],
                    LostInvoices = gone ? ["INV-1"] : [],
                },
                Settings,
                Start,
                requested: false,
                waiting: TimeSpan.FromHours(hours)
            )
        );

    [Theory]
    [InlineData(13, false, FailureClass.Throttled, "receipt-refund-under-way")]
    [InlineData(14, false, FailureClass.Data, "receipt-refund-left-under-way")]
    [InlineData(13, true, FailureClass.Throttled, "receipt-refund-under-way")]
    [InlineData(14, true, FailureClass.Data, "receipt-refund-left-under-way")]
    public void A_refund_is_waited_for_two_weeks(int days, bool posted, FailureClass failure, string code) =>
        AssertRejects(
            code,
            failure,
            ReceiptDecision.For(
                Entry(posted ? "553" : null),
                Facts() with
                {
                    RefundUnderWay = 10000,
                    Posted = posted ? PostedAs() : null,
                },
                Settings,
                Start,
                requested: false,
                waiting: TimeSpan.FromDays(days)
            )
        );

    [Fact]
    public void What_is_no_money_to_post_is_skipped()
    {
        Assert.IsType<ReceiptDecision.Skip>(Unposted(null));
        Assert.IsType<ReceiptDecision.Skip>(Unposted(Facts(externalId: "ARPYMT-1")));
        Assert.IsType<ReceiptDecision.Skip>(Unposted(Facts(amount: 0)));
        Assert.IsType<ReceiptDecision.Skip>(Unposted(Facts() with { Refunded = 10000 }));
    }

    [Fact]
    public void What_can_not_be_posted_yet_says_why()
    {
        AssertRejects(
            "receipt-not-linked",
            FailureClass.Throttled,
            Unposted(Facts() with { Parts = [Part("1", 9999)] })
        );
        AssertRejects("receipt-not-linked", FailureClass.Throttled, Unposted(Facts() with { CustomerId = null }));
        AssertRejects(
            "receipt-not-linked",
            FailureClass.Throttled,
            Unposted(Facts() with { Parts = [new ReceiptPart("u", null, "X-1", 10000)] })
        );
        AssertRejects("receipt-refunded-in-part", FailureClass.Data, Unposted(Facts() with { Refunded = 1 }));
        AssertRejects("receipt-without-date", FailureClass.Data, Unposted(Facts(date: null)));
        AssertRejects("receipt-without-currency", FailureClass.Data, Unposted(Saying("""{"currency": null}""")));
        AssertRejects("receipt-account-missing", FailureClass.Data, Unposted(Facts(), settings: new ReceiptSettings()));
        AssertRejects(
            "receipt-account-ambiguous",
            FailureClass.Data,
            Unposted(Facts(), settings: Settings with { UndepositedFundsAccountNo = "1099" })
        );
    }

    [Theory]
    [InlineData("Complete", 0, "Unchanged")]
    [InlineData("Complete", 10000, "Reverse")]
    [InlineData("Reversed", 10000, "Unchanged")]
    [InlineData("Complete", 1, "receipt-refunded-in-part")]
    [InlineData("Reversed", 0, "receipt-reversed-by-hand")]
    [InlineData(null, 0, "receipt-payment-missing")]
    public void What_is_posted_follows_what_was_paid_back(string? posted, long refunded, string what)
    {
        var facts = Facts() with
        {
            Refunded = refunded,
            RefundedOn = new DateOnly(2026, 3, 9),
            Posted = posted is null ? null : PostedAs(posted),
        };
        var decision = Posted(facts);
        Assert.Equal(
            what,
            decision is ReceiptDecision.Reject reject ? reject.Failure.Problem.Code : decision.GetType().Name
        );
    }

    [Theory]
    [InlineData("2026-03-09", "2026-03-09")]
    [InlineData("2026-03-01", "2026-03-02")]
    public void A_reversal_is_dated_on_the_refund_and_never_before_the_payment(string refunded, string reversed) =>
        Assert.Equal(
            Day(reversed),
            Assert
                .IsType<ReceiptDecision.Reverse>(
                    Posted(Facts() with { Refunded = 10000, RefundedOn = Day(refunded), Posted = PostedAs() })
                )
                .Date
        );

    [Fact]
    public void Links_that_changed_after_it_was_posted_need_a_person()
    {
        var before = Facts() with { Posted = PostedAs() };
        var after = before with { Parts = [Part("1", 5000), Part("2", 5000)] };
        Assert.IsType<ReceiptDecision.Unchanged>(Posted(before, before.Hash));
        AssertRejects("receipt-links-changed", FailureClass.Data, Posted(after, before.Hash));
        Assert.IsType<ReceiptDecision.Unchanged>(Posted(before, "another"));
    }

    [Theory]
    [InlineData(59, "1=5000", "Complete", FailureClass.Throttled)]
    [InlineData(59, "", "Complete", FailureClass.Throttled)]
    [InlineData(-59, "1=5000", "Complete", FailureClass.Throttled)]
    [InlineData(61, "1=5000", "Complete", FailureClass.Data)]
    [InlineData(-61, "1=5000", "Complete", FailureClass.Data)]
    [InlineData(59, "1=5000 2=5000", "Complete", FailureClass.Data)]
    [InlineData(59, "1=10001", "Complete", FailureClass.Data)]
    [InlineData(59, "1=5000", "Draft", FailureClass.Data)]
    public void What_falls_short_of_what_was_posted_lately_is_waited_for(
        int minutes,
        string applied,
        string state,
        FailureClass failure
    )
    {
        var facts = Facts() with
        {
            Now = Now,
            Posted = PostedAs(state) with { EnteredAt = Now.AddMinutes(-minutes) },
            Applied =
            [
                .. applied
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(a => a.Split('='))
                    .Select(a => new AppliedPart(
                        AppliedCredit.Money,
                        a[0],
                        decimal.Parse(a[1], CultureInfo.InvariantCulture) / 100
                    )),
            ],
        };
        AssertRejects(
            failure == FailureClass.Throttled ? "receipt-not-shown-yet" : "receipt-changed-in-intacct",
            failure,
            Posted(facts)
        );
    }

    [Fact]
    public void What_was_entered_at_a_time_that_is_not_known_is_not_waited_for() =>
        AssertRejects(
            "receipt-changed-in-intacct",
            FailureClass.Data,
            Posted(Facts() with { Now = Now, Posted = PostedAs(), Applied = [] })
        );

    [Fact]
    public void One_whose_earlier_payment_counts_still_needs_a_person_whatever_else_there_is()
    {
        var facts = Facts() with { Posted = PostedAs(), Earlier = ["17"] };
        AssertRejects("receipt-posted-twice", FailureClass.Data, Posted(facts));
        AssertRejects("receipt-posted-twice", FailureClass.Data, Posted(facts with { Posted = PostedAs("Reversed") }));
        AssertRejects("receipt-posted-twice", FailureClass.Data, Posted(facts with { Refunded = 10000 }));
    }

    [Theory]
    [InlineData("Complete", 0, "receipt-refund-failed")]
    [InlineData("Complete", 10000, "Unchanged")]
    [InlineData("Reversed", 0, "receipt-refund-failed")]
    [InlineData("Reversed", 10000, "receipt-reversed-by-hand")]
    public void A_refund_that_failed_counts_for_nothing_but_that_it_keeps_the_payment_off(
        string posted,
        long linked,
        string what
    )
    {
        var facts = Facts() with
        {
            Posted = PostedAs(posted),
            RefundFailed = 10000,
            Parts = linked == 0 ? [] : [Part("1", linked)],
        };
        var decision = Posted(facts, "before");
        Assert.Equal(
            what,
            decision is ReceiptDecision.Reject reject ? reject.Failure.Problem.Code : decision.GetType().Name
        );
    }

    [Theory]
    [InlineData(null, "USD", "Unchanged")]
    [InlineData("USD", "USD", "Unchanged")]
    [InlineData("EUR", "USD", "receipt-changed-in-intacct")]
    [InlineData(null, "EUR", "receipt-changed-in-intacct")]
    public void What_is_posted_is_equal_only_in_the_same_currency(string? currency, string ofCompany, string what)
    {
        var facts = Facts() with { Posted = PostedAs() with { Currency = currency }, DefaultCurrency = ofCompany };
        var decision = Posted(facts);
        Assert.Equal(
            what,
            decision is ReceiptDecision.Reject reject ? reject.Failure.Problem.Code : decision.GetType().Name
        );
    }

    [Fact]
    public void One_that_is_posted_and_gone_in_Upflow_needs_a_person() =>
        AssertRejects("receipt-gone", FailureClass.Data, Posted(null));

    private static void AssertRejects(string code, FailureClass failure, ReceiptDecision decision)
    {
        var reject = Assert.IsType<ReceiptDecision.Reject>(decision);
        Assert.Equal((code, failure), (reject.Failure.Problem.Code, reject.Failure.Class));
    }

    private static ReceiptDecision Unposted(
        ReceiptFacts? facts,
        bool requested = false,
        ReceiptSettings? settings = null
    ) => ReceiptDecision.For(Entry(null), facts, settings ?? Settings, Start, requested);

    private static ReceiptDecision Posted(ReceiptFacts? facts, string? hash = null) =>
        ReceiptDecision.For(Entry("553") with { Hash = hash }, facts, Settings, Start, requested: false);

    private static KeyMapEntry Entry(string? targetId) =>
        new() { Key = new SyncKey(Some.ConnectionId, UpflowFlows.Receipts, "p-1"), TargetId = targetId };

    private static ReceiptPart Part(string sourceId, long amount) => new($"u-{sourceId}", sourceId, "INV", amount);

    private static PaymentRecord PostedAs(string state = "Complete") =>
        Some.Payment(state) with
        {
            CustomerId = "C1",
            TrxTotalEntered = 100m,
        };

    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    /// <summary>The usual payment, as Upflow says more or other things of it.</summary>
    private static ReceiptFacts Saying(string members)
    {
        var facts = Facts();
        var payment = JsonNode.Parse(facts.Payment.Json.GetRawText())!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            payment[name] = value?.DeepClone();
        return facts with { Payment = new UpflowRead(JsonSerializer.SerializeToElement(payment)) };
    }

    private static ReceiptFacts Facts(
        long amount = 10000,
        string? date = "2026-03-02",
        string? instrument = "CARD",
        string? externalId = null
    ) =>
        new()
        {
            Id = "p-1",
            Payment = new UpflowRead(
                JsonSerializer.SerializeToElement(
                    new JsonObject
                    {
                        ["id"] = "p-1",
                        ["externalId"] = externalId,
                        ["currency"] = "USD",
                        ["amount"] = amount,
                        ["validatedAt"] = date,
                        ["instrument"] = instrument,
                        ["reference"] = "pi_3Nx",
                    }
                )
            ),
            Parts = [Part("1", amount)],
            Applied = [new AppliedPart(AppliedCredit.Money, "1", amount / 100m)],
            CustomerId = "C1",
            DefaultCurrency = "USD",
        };
}
