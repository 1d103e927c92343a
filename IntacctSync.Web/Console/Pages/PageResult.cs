using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IntacctSync.Web.Console.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Web.Console.Pages;

/// <summary>A page: a component that is rendered once, on the server, from what was read before.</summary>
/// <param name="title">In the browser's title.</param>
/// <param name="component">A component with a parameter <c>Model</c>.</param>
/// <param name="model">What it shows; null where it takes none.</param>
/// <param name="status">HTTP status.</param>
internal sealed partial class PageResult(
    string title,
    Type component,
    object? model,
    int status = StatusCodes.Status200OK
) : IResult, IStatusCodeHttpResult
{
    private const string Every = "5";

    public int? StatusCode => status;

    public static PageResult Of<TPage>(string title, object? model = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new(title, typeof(TPage), model, status);

    /// <summary>A page that says no.</summary>
    public static PageResult Refused(int status, string text) =>
        Of<RefusalPage>(Statuses.Title(status), new Refusal(status, text), status);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var visit = Visit.Of(httpContext, services);
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [nameof(Shell.Title)] = title,
                    [nameof(Shell.Page)] = component,
                    [nameof(Shell.Model)] = model,
                    [nameof(Shell.Visit)] = visit,
                }
            );
            return (await renderer.RenderComponentAsync<Shell>(parameters)).ToHtmlString();
        });
        httpContext.Response.StatusCode = status;
        if (visit.Live)
            httpContext.Response.Headers["Refresh"] = Every;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(WithLetters(html), httpContext.RequestAborted);
    }

    /// <summary>
    /// The renderer writes each letter beyond ASCII as a number of eight characters, by which a page of Arabic or
    /// Chinese names would be four times as large. As letters they say the same; none of them means anything in HTML.
    /// </summary>
    private static string WithLetters(string html) =>
        Escaped()
            .Replace(
                html,
                found =>
                    Rune.TryCreate(
                        int.Parse(found.Groups["code"].ValueSpan, NumberStyles.HexNumber, null),
                        out var rune
                    ) && Rune.IsLetter(rune)
                        ? rune.ToString()
                        : found.Value
            );

    [GeneratedRegex("&#x(?<code>[0-9A-F]{2,6});", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escaped();
}
