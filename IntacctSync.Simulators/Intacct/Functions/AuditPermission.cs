using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>The audit history needs a permission of its own; its denial comes without an error number.</summary>
internal static class AuditPermission
{
    public static void Require(CallContext context, string name)
    {
        if (name == "AUDITHISTORY" && context.Options.AuditHistoryDenied)
            throw new RefusedException(new IntacctError("", "You do not have permission to view audit history"));
    }
}
