namespace IntacctSync.Core.Domain;

/// <summary>Cuts text to a length without leaving half of a surrogate pair, which no store and no XML takes.</summary>
public static class WholeCharacters
{
    /// <summary>At most <paramref name="length"/> UTF-16 units from the beginning of the text.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : text[..End(text, length)];

    /// <summary>
    /// Where a cut at <paramref name="length"/>, which lies inside the text, falls between two characters: there, or
    /// one before.
    /// </summary>
    public static int End(string text, int length) =>
        length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
