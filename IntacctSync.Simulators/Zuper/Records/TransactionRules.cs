using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// Payment transactions as rows and details show them (developers.zuper.co/reference/get-payments,
/// get-payment-details).
/// </summary>
internal static class TransactionRules
{
    public static void Complete(ZuperCompany company, JsonObject record)
    {
        record["currency"] ??= "USD";
        record["type"] ??= "OFFLINE";
        record["status"] ??= "SUCCESS";
        record["payment_via"] ??= "PAYMENT_METHOD";
        record["is_refunded"] ??= false;
        record["is_void"] ??= false;
    }

    public static void View(ZuperCompany company, JsonObject view)
    {
        view["payment_mode"] = ZuperPaymentModes.Of(view.Text("payment_mode"))?.ToJson();
        view["customer"] = company.Of(ZuperModules.Customer).TryGet(view.Text("customer"), out var customer)
            ? new JsonObject
            {
                ["customer_uid"] = customer.Text("customer_uid"),
                ["customer_first_name"] = customer.Text("customer_first_name"),
                ["customer_last_name"] = customer.Text("customer_last_name"),
            }
            : null;
        view["organization"] = company
            .Of(ZuperModules.Organization)
            .TryGet(view.Text("organization"), out var organization)
            ? new JsonObject
            {
                ["organization_uid"] = organization.Text("organization_uid"),
                ["organization_name"] = organization.Text("organization_name"),
            }
            : null;
        view["user"] = view["created_by"]?.DeepClone();
        view.Remove("created_by");
    }
}
