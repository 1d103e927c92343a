using System.IO.Compression;
using System.Text;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// The last write of a record that went out, and what came of it: kept once it is answered, in the place of its intent.
/// It holds no part of a sign-in.
/// </summary>
/// <param name="At">When the answer came, or the waiting for it ended.</param>
/// <param name="Operation">As of the <see cref="Intent"/>.</param>
/// <param name="Call">The function of Intacct, or the call of the app.</param>
/// <param name="ControlId">Under which it was sent.</param>
/// <param name="Answer">What was answered, in words: what was made, or why it was refused.</param>
public sealed record LastRequest(DateTimeOffset At, string Operation, string Call, string ControlId, string Answer)
{
    /// <summary>How many bytes are kept at most, compressed.</summary>
    public const int MostBytes = 16 * 1024;

    /// <summary>How much of a text is kept at most: it is compressed to a tenth or so.</summary>
    public const int MostCharacters = 128 * 1024;

    /// <summary>The text as it is stored: compressed, and cut where it is long.</summary>
    public required byte[] Packed { get; init; }

    /// <summary>The function or body as it was sent; the end of a long one is missing, which it says.</summary>
    public string Text
    {
        get
        {
            using var brotli = new BrotliStream(new MemoryStream(Packed), CompressionMode.Decompress);
            using var reader = new StreamReader(brotli, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    /// <param name="intent">The write.</param>
    /// <param name="answer">What came of it.</param>
    /// <param name="at">When.</param>
    public static LastRequest Of(Intent intent, string answer, DateTimeOffset at) =>
        new(
            at,
            intent.Operation,
            intent.FunctionName,
            intent.ControlId.Value,
            WholeCharacters.Cut(answer, KeyMapEntry.LongestText)
        )
        {
            Packed = PackedOf(intent.Function),
        };

    private static byte[] PackedOf(string text)
    {
        for (var kept = Math.Min(text.Length, MostCharacters); ; kept /= 2)
        {
            var packed = Compressed(kept == text.Length ? text : WithoutEnd(text, kept));
            if (packed.Length <= MostBytes)
                return packed;
        }
    }

    private static string WithoutEnd(string text, int kept) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{WholeCharacters.Cut(text, kept)}\n… ({text.Length} characters; the rest is not kept)"
        );

    private static byte[] Compressed(string text)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest))
            brotli.Write(Encoding.UTF8.GetBytes(text));
        return buffer.ToArray();
    }
}
