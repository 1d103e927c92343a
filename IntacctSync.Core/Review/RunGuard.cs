using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>Says in words why a run can't go on.</summary>
internal static class RunGuard
{
    public static async Task<string> TellingAsync(Func<Task<string>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (IsToTell(e) && e is not RunFailedException)
        {
            throw new RunFailedException(TextOf(e), e) { Code = CodeOf(e) };
        }
    }

    public static bool IsToTell(Exception exception) =>
        exception is not (OperationCanceledException or OutOfMemoryException);

    /// <summary>The code of a known failure; null for an error of this program.</summary>
    public static string? CodeOf(Exception exception) =>
        exception is CompanyBusyException ? "company-busy"
        : Failures.Of(exception).Problem.Code is var code && code != Failures.Unexpected ? code
        : null;

    public static string TextOf(Exception exception)
    {
        if (exception is CompanyBusyException)
            return exception.Message;
        var problem = Failures.Of(exception).Problem.WhereAsked();
        return $"{problem.Message} {problem.Fix}";
    }
}
