using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>What a fault makes of a function.</summary>
internal static class FunctionFaults
{
    /// <summary>The result in place of carrying it out; null where it is carried out.</summary>
    public static FunctionResult? Instead(FaultRule? fault, FunctionResult result) =>
        fault?.Fault.ToUpperInvariant() switch
        {
            "DL02000001" => result.Failed(RefusedException.Processing().Errors),
            "FUNCTIONERROR" => result.Failed(
                new IntacctError(
                    fault.Text("errorno", "BL01001973"),
                    fault.Text("description2", "Injected"),
                    fault.Text("description", ""),
                    fault.Text("correction", "")
                )
            ),
            "ABORTED" => result.Failed(
                new IntacctError(
                    fault.Text("errorno", "BL01001973"),
                    fault.Text("description2", "Could not create record!"),
                    Correction: "Make desired changes and press Save to continue."
                ),
                IntacctError.RolledBack
            ) with
            {
                Status = "aborted",
            },
            _ => null,
        };

    public static FunctionResult Applied(FaultRule? fault, FunctionResult result) =>
        fault?.Fault.ToUpperInvariant() switch
        {
            "RESULTWITHOUTSTATUS" => result with { Status = null, Data = null },
            "SUPPORTIDS" => result with { SupportIds = true },
            _ => result,
        };
}
