using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// Where the money of a payment or an advance goes: a checking or savings account, the account of undeposited funds, or
/// a summary.
/// </summary>
internal static class PaymentAccount
{
    /// <exception cref="RefusedException">None is named, or one that is not there or not active.</exception>
    public static void Require(WriteContext context, FieldValues fields, string what)
    {
        if (
            context.Options.Strict
            && fields["FINANCIALENTITY"].Length + fields["PRBATCH"].Length + fields["UNDEPOSITEDACCOUNTNO"].Length == 0
        )
            throw RefusedException.Invalid($"{what} needs a FINANCIALENTITY, a PRBATCH or an UNDEPOSITEDACCOUNTNO");
        if (fields["FINANCIALENTITY"] is { Length: > 0 } bank && context.Options.Strict && !IsBank(context, bank))
            throw RefusedException.Invalid($"Financial entity '{bank}' is not valid");
        if (
            fields["UNDEPOSITEDACCOUNTNO"] is { Length: > 0 } account
            && !Ledger.IsUsable(context.Table("GLACCOUNT").Find(account))
        )
            throw RefusedException.Invalid($"Account {account} is not valid");
    }

    private static bool IsBank(WriteContext context, string id) =>
        Ledger.IsUsable(context.Table("CHECKINGACCOUNT").Find(id))
        || Ledger.IsUsable(context.Table("SAVINGSACCOUNT").Find(id));
}
