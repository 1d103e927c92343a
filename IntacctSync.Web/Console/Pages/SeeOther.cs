using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Pages;

/// <summary>
/// What answers a form that was carried out: the browser reads another page, and loading that again repeats nothing.
/// </summary>
/// <param name="path">A path of this host.</param>
internal sealed class SeeOther(string path) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status303SeeOther;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
