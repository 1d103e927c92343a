using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace IntacctSync.Web.Console.Access;

/// <summary>The fields of a form that was sent.</summary>
internal sealed class Form(IFormCollection fields)
{
    /// <summary>The largest form is that of a connection.</summary>
    private const int MostBytes = 256 * 1024;

    private const int MostFields = 1000;

    public static readonly Form Empty = new(FormCollection.Empty);

    /// <summary>A field's text without blanks around it; null where it is missing or empty.</summary>
    public string? this[string name] => fields[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    public StringValues All(string name) => fields[name];

    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>Reads it; the second time it is what was read the first time.</summary>
    /// <returns>An empty form where the body is none, or one that can't be read.</returns>
    public static async Task<Form> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Items[typeof(Form)] is Form read)
            return read;
        var form = await ReadOnceAsync(http, cancellationToken);
        http.Items[typeof(Form)] = form;
        return form;
    }

    private static async Task<Form> ReadOnceAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (
            !string.Equals(
                http.Request.ContentType?.Split(';')[0].Trim(),
                "application/x-www-form-urlencoded",
                StringComparison.OrdinalIgnoreCase
            )
        )
            return Empty;
        try
        {
            // A body without a length is counted as it comes: nobody has proven anything yet who sends one.
            var bytes = await JsonBody.ReadBytesAsync(http.Request, MostBytes, cancellationToken);
            using var reader = new FormReader(new MemoryStream(bytes))
            {
                ValueCountLimit = MostFields,
                KeyLengthLimit = 400,
                ValueLengthLimit = MostBytes,
            };
            return new Form(new FormCollection(await reader.ReadFormAsync(cancellationToken)));
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or RefusedException)
        {
            return Empty;
        }
    }
}
