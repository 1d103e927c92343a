using IntacctSync.Core.Intacct.Errors;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>
/// Concludes from an answer what became of each function. Only a path of statuses that are all <c>success</c> is
/// success.
/// </summary>
internal static class ResponseJudge
{
    private const string Success = "success";
    private const string Failure = "failure";
    private const string Aborted = "aborted";

    /// <exception cref="IntacctException">The request or its session was refused, or the answer has errors and no
    /// results.</exception>
    public static IReadOnlyList<FunctionResult> Conclude(
        ResponseDocument document,
        IReadOnlyList<IntacctFunction> functions
    )
    {
        if (document.Results.Count == 0)
            ThrowIfRefused(document);
        var trusted = document is { ControlStatus: Success, AuthenticationStatus: Success };
        return [.. functions.Select(f => Conclude(f, Candidates(document, f, functions.Count), trusted))];
    }

    private static void ThrowIfRefused(ResponseDocument document)
    {
        var control = new IntacctErrorChain(IntacctErrorLevel.Control, document.ControlErrors);
        if (document.ControlStatus == Failure)
            throw new IntacctException(control.Failure, $"Intacct refused the request: {control}", control);
        var authentication = new IntacctErrorChain(IntacctErrorLevel.Authentication, document.OperationErrors);
        if (document.AuthenticationStatus == Failure)
            throw new IntacctException(
                authentication.Failure,
                $"Intacct refused the login or session: {authentication}",
                authentication
            );
        var errors =
            control.Count > 0 ? control : new IntacctErrorChain(IntacctErrorLevel.Result, document.OperationErrors);
        if (errors.Count > 0)
            throw new IntacctException(
                IntacctFailure.OutcomeUnknown,
                $"Intacct answered an error without saying what became of the functions: {errors}",
                errors,
                outcomeUnknown: true
            );
    }

    /// <summary>
    /// By control id. If there is one function and one result, and the result has no id, it may belong to the function;
    /// but it never counts as success.
    /// </summary>
    private static List<RawResult> Candidates(ResponseDocument document, IntacctFunction function, int sent)
    {
        var own = document.Results.FindAll(r => r.ControlId == function.ControlId.Value);
        return own.Count == 0 && sent == 1 && document.Results is [{ ControlId: null or "" }] ? document.Results : own;
    }

    private static FunctionResult Conclude(IntacctFunction function, List<RawResult> candidates, bool trusted)
    {
        var errors = candidates.SelectMany(r => r.Errors).ToList();
        return new FunctionResult(function.ControlId, function.Name, Status(function, candidates, trusted))
        {
            WithoutStatus =
                trusted && candidates is [{ Status: null or "" } bare] && bare.ControlId == function.ControlId.Value,
            Key = candidates is [var only] ? only.Key : null,
            Records = candidates is [var one] ? one.Records : [],
            TotalCount = candidates is [var counted] ? counted.TotalCount : null,
            NumRemaining = candidates is [var page] ? page.NumRemaining : null,
            Errors =
                errors.Count == 0 ? IntacctErrorChain.Empty : new IntacctErrorChain(IntacctErrorLevel.Result, errors),
        };
    }

    private static FunctionStatus Status(IntacctFunction function, List<RawResult> candidates, bool trusted) =>
        candidates switch
        {
            [{ Status: Success } only] when trusted && only.ControlId == function.ControlId.Value =>
                FunctionStatus.Success,
            { Count: > 0 } when candidates.TrueForAll(r => r.Status == Failure) => FunctionStatus.Failure,
            { Count: > 0 } when candidates.TrueForAll(r => r.Status is Failure or Aborted) => FunctionStatus.Aborted,
            _ => FunctionStatus.Unknown,
        };
}
