using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Requests;
using IntacctSync.Simulators.Intacct.Rules.Invoices;
using IntacctSync.Simulators.Intacct.Rules.Orders;
using IntacctSync.Simulators.Intacct.Rules.Payments;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>The legacy functions that write: each makes, changes or removes one record, and answers its key.</summary>
internal static class LegacyFunctions
{
    /// <summary>
    /// What a function counts as and needs the permission for; null where it is not served. A reversal counts as an
    /// update [assumed].
    /// </summary>
    public static string? Verb(string function) =>
        function switch
        {
            "create_invoice" or "create_aradjustment" or "create_sotransaction" => "create",
            "update_invoice" or "reverse_invoice" or "update_sotransaction" or "reverse_arpayment" => "update",
            "delete_invoice" or "delete_aradjustment" or "delete_sotransaction" => "delete",
            _ => null,
        };

    public static FunctionResult Run(CallContext context, FunctionCall call, string verb, FunctionResult result)
    {
        var mark = context.Books.Mark();
        try
        {
            result = result with { Key = Key(context, call) };
            context.Written.Add((verb, call.Object));
            return result;
        }
        catch (RefusedException)
        {
            context.Books.RollBack(mark);
            context.Company.Counters.Add("refused", call.Object);
            throw;
        }
    }

    private static string? Key(CallContext context, FunctionCall call)
    {
        var writing = context.Writing();
        return call.Name switch
        {
            "create_invoice" => InvoiceCreation.Run(writing, call.Element),
            "update_invoice" => InvoiceUpdate.Run(writing, call.Element),
            "reverse_invoice" => ReceivableReversal.Run(writing, call.Element),
            "delete_invoice" => InvoiceRules.DeleteLegacy(writing, call.Element),
            "create_aradjustment" => AdjustmentCreation.Run(writing, call.Element),
            "delete_aradjustment" => AdjustmentRules.DeleteLegacy(writing, call.Element),
            "create_sotransaction" => OrderCreation.Run(writing, call.Element),
            "update_sotransaction" => OrderUpdate.Run(writing, call.Element),
            "delete_sotransaction" => OrderDeletion.Run(writing, call.Element),
            "reverse_arpayment" => PaymentReversal.Run(writing, call.Element),
            _ => throw RefusedException.Generic($"This simulator does not serve the function {call.Name} yet."),
        };
    }
}
