using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>Which code carries out which function. Each throws a refusal, or answers a result.</summary>
internal static class Dispatch
{
    public static FunctionResult Run(CallContext context, FunctionCall call)
    {
        var result = new FunctionResult(call.Name, call.ControlId);
        return call.Name switch
        {
            "getAPISession" => SessionFunction.Run(context, call, result),
            "create" or "update" => WriteFunctions.Write(context, call, result),
            "delete" => WriteFunctions.Delete(context, call, result),
            "read" => ReadFunctions.Read(context, call, result),
            "readByName" => ReadFunctions.ReadByName(context, call, result),
            "readByQuery" => ReadByQueryFunction.Run(context, call, result),
            "readMore" => ReadByQueryFunction.More(context, call, result),
            "query" => QueryFunction.Run(context, call, result),
            "lookup" => LookupFunction.Run(context, call, result),
            "retrievepdf" => PdfFunction.Run(context, call, result),
            "get_companyprefs" => SettingsFunctions.Preferences(context, call, result),
            "getFinancialSetup" => SettingsFunctions.FinancialSetup(context, result),
            "readUserFormatting" => SettingsFunctions.UserFormatting(context, call, result),
            _ when LegacyFunctions.Verb(call.Name) is { } verb => LegacyFunctions.Run(context, call, verb, result),
            _ => throw RefusedException.Generic($"This simulator does not serve the function {call.Name} yet."),
        };
    }

    /// <summary>The word for a function in the message about a missing permission; null where it needs none.</summary>
    public static string? Operation(string function) =>
        function switch
        {
            "create" => "CREATE",
            "update" => "UPDATE",
            "delete" => "DELETE",
            "read" => "READ",
            "readByName" => "READ_BY_NAME",
            "readByQuery" => "READ_BY_QUERY",
            "query" => "QUERY",
            // That printing is permitted by itself is [assumed].
            "retrievepdf" => "PRINT",
            _ => LegacyFunctions.Verb(function)?.ToUpperInvariant(),
        };
}
