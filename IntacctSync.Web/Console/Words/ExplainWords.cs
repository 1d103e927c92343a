using System.Text.Encodings.Web;
using System.Text.Json;
using IntacctSync.Core.Review;

namespace IntacctSync.Web.Console.Words;

/// <summary>What a sync would do, as people read it.</summary>
internal static class ExplainWords
{
    /// <summary>For people to read; a page encodes it once more.</summary>
    public static JsonSerializerOptions Indented { get; } =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Behind "A sync would".</summary>
    public static string WouldDo(RehearsedKind kind) =>
        kind switch
        {
            RehearsedKind.Create => "make a counterpart",
            RehearsedKind.Adopt => "take one that exists for its counterpart",
            RehearsedKind.Change => "change its counterpart",
            RehearsedKind.Equal => "do nothing",
            RehearsedKind.Skip => "leave it out",
            RehearsedKind.Ask => "ask you",
            RehearsedKind.Wait => "wait",
            _ => "not be able to tell now",
        };

    /// <summary>As a heading of a column or a list.</summary>
    public static string Title(RehearsedKind kind) =>
        kind switch
        {
            RehearsedKind.Create => "Would be made",
            RehearsedKind.Adopt => "Would be taken as it is",
            RehearsedKind.Change => "Would be changed",
            RehearsedKind.Equal => "Equal",
            RehearsedKind.Skip => "Would be left out",
            RehearsedKind.Ask => "Would ask you",
            RehearsedKind.Wait => "Would wait",
            _ => "Not known",
        };
}
