using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Lists;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// Looking at payments and taking them back; none of these makes one (developers.zuper.co/reference/get-payments,
/// get-payment-details, get-payment-transactions-by-filter, void-a-payment).
/// </summary>
internal sealed class PaymentRoutes(ZuperCompany company)
{
    private const string Path = "/api/payments";
    private static readonly ZuperModule Module = ZuperModules.Transaction;
    private readonly RecordRoutes _records = new(company, Module, () => true);

    public IEnumerable<ZuperRoute> All() =>
        [
            new(
                "GET",
                Path + "/transactions",
                new PlainList(company, Module, new ListRows(company, Module, () => true)).Read,
                Module
            ),
            new("GET", Path + "/{uid}/transactions", Read, Module),
            new("PUT", Path + "/transactions/{uid}/void_payment", Void, Module),
            .. _records.FilterAt(Path + "/transactions"),
        ];

    private ZuperAnswer Read(ZuperRequest request) =>
        ZuperAnswer.Json(
            new JsonObject { ["type"] = "success", ["data"] = company.View(Module, _records.Find(request.Uid)) }
        );

    private ZuperAnswer Void(ZuperRequest request)
    {
        InvoicePayments.Void(
            company,
            _records.Find(request.Uid),
            request.Object.Text("remarks") ?? "",
            ZuperActor.KeyOwner
        );
        return ZuperAnswer.Success("Payment voided successfully");
    }
}
