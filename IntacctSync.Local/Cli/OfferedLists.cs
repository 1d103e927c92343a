using System.Text.Json.Nodes;

namespace IntacctSync.Local.Cli;

/// <summary>What there is to choose from, by the names of the lists, as the API gives them.</summary>
internal sealed class OfferedLists
{
    private readonly Dictionary<string, IReadOnlyList<Offer>> _lists = new(StringComparer.Ordinal);

    /// <summary>Where everything is written by hand.</summary>
    public static OfferedLists None { get; } = new();

    /// <summary>One of the lists; empty where it could not be read, or there is no such list.</summary>
    public IReadOnlyList<Offer> this[string? list] => list is null ? [] : _lists.GetValueOrDefault(list) ?? [];

    public static OfferedLists Of(JsonNode choices)
    {
        var lists = new OfferedLists();
        foreach (var list in choices["lists"]!.AsArray())
            lists._lists[list!["name"]!.ToString()] = [.. list["choices"]!.AsArray().Select(c => Read(c!))];
        return lists;
    }

    private static Offer Read(JsonNode choice)
    {
        var (value, text) = (choice["value"]!.ToString(), choice["text"]!.ToString());
        return new Offer(value, text == value || Guid.TryParse(value, out _) ? text : $"{value}  {text}");
    }
}

/// <summary>One of the answers to choose from.</summary>
/// <param name="Value">What is stored; null for one that is to be written.</param>
/// <param name="Text">What a person reads.</param>
internal sealed record Offer(string? Value, string Text);
