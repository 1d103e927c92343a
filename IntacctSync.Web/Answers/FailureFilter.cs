using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Web.Answers;

/// <summary>
/// Turns what a handler throws into an answer. Nothing of an unexpected exception's text goes out: it is in the log.
/// </summary>
internal sealed partial class FailureFilter(ILogger<FailureFilter> logger) : IEndpointFilter
{
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(10);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (RefusedException e)
        {
            return e.Answer;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status400BadRequest
                ? Problems.Invalid("", e.Message)
                : Problems.Of(e.StatusCode, e.Message);
        }
        catch (Exception e)
            when (e is TableUnavailableException or QueueUnavailableException or SecretsUnavailableException)
        {
            LogUnavailable(new LoggedException(e), http.Request.Method, Path(http));
            return Problems.Later(http, ComeAgain, ServerPaths.Shorten(e.Message));
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogUnexpected(new LoggedException(e), http.Request.Method, Path(http));
            return Problems.Of(
                StatusCodes.Status500InternalServerError,
                $"Unexpected {e.GetType().Name}: look in the log for trace {http.TraceIdentifier}, and report it."
            );
        }
    }

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
