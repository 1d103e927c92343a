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
            return Problems.Of(e.StatusCode, e.Message);
        }
        catch (Exception e)
            when (e is TableUnavailableException or QueueUnavailableException or SecretsUnavailableException)
        {
            LogUnavailable(e, http.Request.Method, http.Request.Path);
            return Problems.Later(http, ComeAgain, e.Message);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogUnexpected(e, http.Request.Method, http.Request.Path);
            return Problems.Of(
                StatusCodes.Status500InternalServerError,
                $"Unexpected {e.GetType().Name}: look in the log for trace {http.TraceIdentifier}, and report it."
            );
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Method} {Path} could not be served: "
            + "the store, the queue or the place of the secrets does not answer"
    )]
    private partial void LogUnavailable(Exception exception, string method, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogUnexpected(Exception exception, string method, string path);
}
