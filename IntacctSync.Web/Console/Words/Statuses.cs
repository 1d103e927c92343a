using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Words;

/// <summary>HTTP statuses as titles of pages.</summary>
internal static class Statuses
{
    public static string Title(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "This can't be done as it was sent",
            StatusCodes.Status403Forbidden => "Not from here",
            StatusCodes.Status404NotFound => "There is nothing here",
            StatusCodes.Status409Conflict => "This can't be done now",
            StatusCodes.Status503ServiceUnavailable => "Not available just now",
            _ => "Something went wrong",
        };
}
