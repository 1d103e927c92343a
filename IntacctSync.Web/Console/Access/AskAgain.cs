using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Access;

/// <summary>An empty page that at once asks for itself again.</summary>
/// <param name="path">A path of this host.</param>
internal sealed class AskAgain(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var address = HtmlEncoder.Default.Encode(path);
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(
            $"""
            <!DOCTYPE html><html lang="en"><head><title>IntacctSync</title>
            <meta http-equiv="refresh" content="0;url={address}"></head>
            <body><p><a href="{address}">Go on to the console</a></p></body></html>
            """,
            httpContext.RequestAborted
        );
    }
}
