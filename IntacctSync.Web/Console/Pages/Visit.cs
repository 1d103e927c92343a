using IntacctSync.Web.Access;
using IntacctSync.Web.Console.Access;
using IntacctSync.Web.Console.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Web.Console.Pages;

/// <summary>One look at a page: what all its parts need.</summary>
/// <param name="Token">That every form carries.</param>
/// <param name="CanSignOut">False in the sandbox, and before the sign-in.</param>
/// <param name="Sandbox">True where nobody has to sign in.</param>
/// <param name="Now">The time at which the page is made.</param>
/// <param name="Path">The page's own path, without its query.</param>
/// <param name="Live">Whether the page loads itself again and again, as its reader asked.</param>
/// <param name="Done">What the form before did, in words; null where there was none.</param>
/// <param name="WasDone">Whether it did what was asked.</param>
public sealed record Visit(
    string Token,
    bool CanSignOut,
    bool Sandbox,
    DateTimeOffset Now,
    string Path,
    bool Live,
    string? Done,
    bool WasDone
)
{
    public static Visit Of(HttpContext http, IServiceProvider services)
    {
        var query = http.Request.Query;
        var keyed = !string.IsNullOrEmpty(services.GetRequiredService<OperationsAccess>().ApiKey);
        return new Visit(
            ConsoleCookies.TokenFor(http),
            keyed && services.GetRequiredService<ConsoleCookies>().IsSignedIn(http),
            !keyed,
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            http.Request.Path.ToUriComponent(),
            HttpMethods.IsGet(http.Request.Method) && query["live"] == "1",
            DoneWords.Of(query["done"], query["n"]),
            query["done"] != DoneWords.UnderWay
        );
    }

    /// <summary>The page's own address, with or without loading itself again.</summary>
    public string Lively(bool live) => live ? Path + "?live=1" : Path;
}
