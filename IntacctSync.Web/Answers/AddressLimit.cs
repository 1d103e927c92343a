using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Answers;

/// <summary>
/// Refuses calls whose address holds a text that is longer than any that means something: in its path or in its query,
/// each by its name.
/// </summary>
internal sealed class AddressLimit : IEndpointFilter
{
    /// <summary>In characters, decoded.</summary>
    public const int LongestText = BodyFields.LongestText;

    /// <summary>What a page gave as its next is longer, since it may hold the keys of a row.</summary>
    public const int LongestAfter = 4000;

    public const string After = "after";
    private const string SourceId = "sourceId";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (value is string text)
                Require(name, name == SourceId ? RouteValues.SourceId(http, text) : text, LongestText);
        }

        foreach (var (name, values) in http.Request.Query)
            Require(name, values.ToString(), name == After ? LongestAfter : LongestText);
        return next(context);
    }

    private static void Require(string name, string text, int most)
    {
        if (name.Length > LongestText)
            throw RefusedException.Invalid("", "The query has a name that no call knows.");
        if (text.Length > most)
            throw RefusedException.Invalid(
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} has {text.Length} characters; at most {most} are taken."
                )
            );
    }
}
