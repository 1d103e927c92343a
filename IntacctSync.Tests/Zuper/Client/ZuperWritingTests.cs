using System.Net;
using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Client;

public sealed class ZuperWritingTests
{
    private static readonly ZuperAccount Account = Some.ZuperAccount();
    private static readonly ZuperPayment Payment = new(
        100.5m,
        new DateOnly(2026, 2, 20),
        Some.Uid(40),
        "SAGE-PYMT-553",
        "Sage Intacct payment 553"
    );

    [Fact]
    public async Task A_payment_is_recorded_by_the_invoices_status()
    {
        using var stand = Succeeding();
        await stand.Client.RecordPaymentAsync(
            Account,
            Some.Uid(1),
            Payment,
            RequestPriority.Live,
            CancellationToken.None
        );
        var asked = Assert.Single(stand.Asked);
        Assert.Equal(("PUT", $"/api/invoice/{Some.Uid(1)}/status"), (asked.Method, asked.Path));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    $$"""
                    {"invoice_uid":"{{Some.Uid(1)}}","invoice_status":"PAID","payment_mode_uid":"{{Some.Uid(
                        40
                    )}}","amount_paid":100.5,"payment_date":"2026-02-20",
                     "reference_no":"SAGE-PYMT-553","remarks":"Sage Intacct payment 553","source":"EXTERNAL","send_receipt":false}
                    """
                ),
                asked.Json
            ),
            asked.Body
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_payment_of_nothing_is_not_sent(int amount)
    {
        using var stand = Succeeding();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            stand.Client.RecordPaymentAsync(
                Account,
                Some.Uid(1),
                Payment with
                {
                    Amount = amount,
                },
                RequestPriority.Live,
                CancellationToken.None
            )
        );
        Assert.Empty(stand.Asked);
    }

    [Fact]
    public async Task A_payment_without_a_reference_or_with_a_mode_that_is_no_uid_is_not_sent()
    {
        using var stand = Succeeding();
        await Assert.ThrowsAsync<ArgumentException>(() =>
            stand.Client.RecordPaymentAsync(
                Account,
                Some.Uid(1),
                Payment with
                {
                    ReferenceNo = " ",
                },
                RequestPriority.Live,
                CancellationToken.None
            )
        );
        var refusal = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.RecordPaymentAsync(
                Account,
                Some.Uid(1),
                Payment with
                {
                    ModeUid = "a/b",
                },
                RequestPriority.Live,
                CancellationToken.None
            )
        );
        Assert.Equal((ZuperFailure.Rejected, false), (refusal.Failure, refusal.OutcomeUnknown));
        Assert.Empty(stand.Asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, true)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.TooManyRequests, false)]
    public async Task Whether_a_payment_may_have_been_recorded_is_told(HttpStatusCode status, bool unknown)
    {
        using var stand = new ZuperStand(_ => ZuperStand.Json(Some.ZuperError("No", "Invalid Amount"), status));
        var failure = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.RecordPaymentAsync(Account, Some.Uid(1), Payment, RequestPriority.Live, CancellationToken.None)
        );
        Assert.Equal(unknown, failure.OutcomeUnknown);
        Assert.Single(stand.Asked);
    }

    [Fact]
    public async Task A_status_is_given_by_the_same_call_and_says_nothing_of_a_payment()
    {
        using var stand = Succeeding();
        await stand.Client.SetInvoiceStatusAsync(
            Account,
            Some.Uid(1),
            "CANCELED",
            RequestPriority.Live,
            CancellationToken.None
        );
        var asked = Assert.Single(stand.Asked);
        Assert.Equal(("PUT", $"/api/invoice/{Some.Uid(1)}/status"), (asked.Method, asked.Path));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse($$"""{"invoice_uid":"{{Some.Uid(1)}}","invoice_status":"CANCELED"}"""),
                asked.Json
            ),
            asked.Body
        );
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("PAID")]
    public async Task A_status_that_would_record_a_payment_is_not_sent(string status)
    {
        using var stand = Succeeding();
        await Assert.ThrowsAsync<ArgumentException>(() =>
            stand.Client.SetInvoiceStatusAsync(
                Account,
                Some.Uid(1),
                status,
                RequestPriority.Live,
                CancellationToken.None
            )
        );
        Assert.Empty(stand.Asked);
    }

    [Fact]
    public async Task A_payment_is_voided_by_its_transaction()
    {
        using var stand = Succeeding();
        await stand.Client.VoidPaymentAsync(Account, Some.Uid(30), RequestPriority.Live, CancellationToken.None);
        Assert.Equal(
            ("PUT", $"/api/payments/transactions/{Some.Uid(30)}/void_payment"),
            (stand.Asked[0].Method, stand.Asked[0].Path)
        );
    }

    [Fact]
    public async Task A_product_is_made_with_prices_as_text_and_answers_its_uid()
    {
        using var stand = Succeeding();
        var uid = await stand.Client.CreateProductAsync(
            Account,
            Product(),
            RequestPriority.Bulk,
            CancellationToken.None
        );
        Assert.Equal(Some.Uid(7), uid);
        Assert.Equal(("POST", "/api/product"), (stand.Asked[0].Method, stand.Asked[0].Path));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    $$$"""
                    {"product":{"product_name":"Filter replacement","product_id":"SRV-1","product_category":"{{{Some.Uid(
                        20
                    )}}}","product_type":"SERVICE",
                     "price":"120.00","purchase_price":"45.125","uom":"Each","is_available":true,"tax":{"tax_exempt":false },
                     "meta_data":[{"label":"Sage Item ID","value":"SRV-1","type":"SINGLE_LINE","module_name":"PRODUCT","hide_to_fe":false}]} }
                    """
                ),
                stand.Asked[0].Json
            ),
            stand.Asked[0].Body
        );
    }

    [Fact]
    public async Task A_product_is_changed_only_in_what_is_given()
    {
        using var stand = Succeeding();
        await stand.Client.UpdateProductAsync(
            Account,
            Some.Uid(7),
            new ZuperProductFields { IsAvailable = false },
            RequestPriority.Live,
            CancellationToken.None
        );
        Assert.Equal(
            ("PUT", $"/api/product/{Some.Uid(7)}", """{"product":{"is_available":false}}"""),
            (stand.Asked[0].Method, stand.Asked[0].Path, stand.Asked[0].Body)
        );
    }

    [Fact]
    public async Task A_product_that_was_made_without_a_uid_must_be_looked_up()
    {
        using var stand = new ZuperStand(_ => ZuperStand.Json(Some.ZuperSuccess(new JsonObject())));
        var failure = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.CreateProductAsync(Account, Product(), RequestPriority.Live, CancellationToken.None)
        );
        Assert.Equal((ZuperFailure.OutcomeUnknown, true), (failure.Failure, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task A_product_without_a_name_or_a_category_is_not_sent()
    {
        using var stand = Succeeding();
        await Assert.ThrowsAsync<ArgumentException>(() =>
            stand.Client.CreateProductAsync(
                Account,
                Product() with
                {
                    Name = "",
                },
                RequestPriority.Live,
                CancellationToken.None
            )
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            stand.Client.CreateProductAsync(
                Account,
                Product() with
                {
                    CategoryUid = null,
                },
                RequestPriority.Live,
                CancellationToken.None
            )
        );
        Assert.Empty(stand.Asked);
    }

    private static ZuperProductFields Product() =>
        new()
        {
            Name = "Filter replacement",
            ProductId = "SRV-1",
            CategoryUid = Some.Uid(20),
            Type = "SERVICE",
            Price = 120m,
            PurchasePrice = 45.125m,
            Uom = "Each",
            IsAvailable = true,
            TaxExempt = false,
            MetaData = [new ZuperCustomField("Sage Item ID", "SRV-1")],
        };

    private static ZuperStand Succeeding() =>
        new(_ => ZuperStand.Json(Some.ZuperSuccess(new JsonObject { ["product_uid"] = Some.Uid(7) })));
}
