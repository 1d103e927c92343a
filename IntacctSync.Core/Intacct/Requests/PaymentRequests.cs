using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Functions that post and reverse a payment of Accounts Receivable, one each.</summary>
public static class PaymentRequests
{
    /// <summary>Posts a payment and applies it at once.</summary>
    /// <exception cref="ArgumentException">Something that Intacct requires is missing, or both accounts are
    /// named.</exception>
    public static IntacctFunction Create(ControlId controlId, PaymentFields payment)
    {
        const string What = "create an ARPYMT";
        Required.On(
            What,
            ("CUSTOMERID", payment.CustomerId),
            ("PAYMENTMETHOD", payment.PaymentMethod),
            ("CURRENCY", payment.Currency),
            ("FINANCIALENTITY or UNDEPOSITEDACCOUNTNO", payment.FinancialEntity ?? payment.UndepositedAccountNo),
            ("an ARPYMTDETAIL", payment.Lines.Count == 0 ? null : "given")
        );
        if (payment is { FinancialEntity: not null, UndepositedAccountNo: not null })
            throw new ArgumentException(
                $"To {What}, either FINANCIALENTITY or UNDEPOSITEDACCOUNTNO is given, and it had both.",
                nameof(payment)
            );
        foreach (var line in payment.Lines)
        {
            Required.On(What, ("RECORDKEY or POSADJKEY of each detail", line.InvoiceKey ?? line.DebitMemoKey));
            if (line.Amount <= 0)
                throw new ArgumentException($"To {What}, each amount is above zero.", nameof(payment));
        }

        return FunctionXml.Write(controlId, "create", w => w.Group("ARPYMT", payment.Write));
    }

    /// <summary>
    /// Takes a posted payment back: what it paid is due again (developer.intacct.com, AR Payments: reverse_arpayment).
    /// </summary>
    /// <exception cref="ArgumentException">No key.</exception>
    public static IntacctFunction Reverse(ControlId controlId, string key, DateOnly reversed, string? description)
    {
        Required.On("reverse a payment", ("its key", key));
        return FunctionXml.Write(
            controlId,
            "reverse_arpayment",
            w =>
            {
                w.WriteAttributeString("key", key);
                w.Date("datereversed", reversed);
                w.Field("description", description);
            }
        );
    }
}
