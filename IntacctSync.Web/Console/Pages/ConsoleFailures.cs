using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Web.Console.Pages;

/// <summary>
/// Turns what a page throws into a page. Nothing of an unexpected exception's text goes out: it is in the log.
/// </summary>
internal sealed partial class ConsoleFailures(ILogger<ConsoleFailures> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (RefusedException e)
        {
            return PageResult.Refused(StatusOf(e), TextOf(e));
        }
        catch (Exception e)
            when (e is TableUnavailableException or QueueUnavailableException or SecretsUnavailableException)
        {
            LogUnavailable(new LoggedException(e), http.Request.Method, Path(http));
            return PageResult.Refused(
                StatusCodes.Status503ServiceUnavailable,
                $"{ServerPaths.Shorten(e.Message)} Load this page again in a moment."
            );
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogUnexpected(new LoggedException(e), http.Request.Method, Path(http));
            return PageResult.Refused(
                StatusCodes.Status500InternalServerError,
                $"This page could not be made ({e.GetType().Name}). The log has more under {http.TraceIdentifier}; "
                    + "please report it."
            );
        }
    }

    private static int StatusOf(RefusedException e) =>
        (e.Answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status400BadRequest;

    private static string TextOf(RefusedException e) =>
        e.Answer is IValueHttpResult { Value: Microsoft.AspNetCore.Mvc.ProblemDetails problem }
            ? problem is HttpValidationProblemDetails { Errors: { Count: > 0 } errors }
                ? string.Join(" ", errors.Values.SelectMany(texts => texts))
                : problem.Detail ?? ""
            : "";

    /// <summary>As it is written in an address, where control characters are encoded; the query stays out.</summary>
    private static string Path(HttpContext http) => VisibleText.Of(http.Request.Path.ToUriComponent());

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Method} {Path} could not be served: "
            + "the store, the queue or the place of the secrets does not answer"
    )]
    private partial void LogUnavailable(LoggedException exception, string method, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogUnexpected(LoggedException exception, string method, string path);
}
