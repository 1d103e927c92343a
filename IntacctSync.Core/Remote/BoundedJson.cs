using System.Text.Json;

namespace IntacctSync.Core.Remote;

/// <summary>
/// JSON of a size that memory bears: a parsed value takes up to 24 bytes beside its text, so that few bytes of very
/// many tiny values would fill it.
/// </summary>
internal static class BoundedJson
{
    /// <summary>More than pages of records have in as many bytes as are read of an answer.</summary>
    public const int MostValues = 2_000_000;

    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="BodyTooLongException">It has more than <see cref="MostValues"/> values.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        for (var values = 0; reader.Read(); values++)
        {
            if (values > MostValues)
                throw new BodyTooLongException(MostValues, "values");
        }

        return JsonElement.Parse(utf8);
    }
}
