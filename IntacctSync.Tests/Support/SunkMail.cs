using System.Text;

namespace IntacctSync.Tests.Support;

/// <summary>A letter as a mail server received it.</summary>
public sealed record SunkMail(string From, IReadOnlyList<string> To, string Letter)
{
    public string Body => Encoding.UTF8.GetString(Convert.FromBase64String(Letter[(End + 4)..].Trim()));

    private int End => Letter.IndexOf("\r\n\r\n", StringComparison.Ordinal);

    public string? Header(string name) =>
        Letter[..End]
            .Replace("\r\n ", " ", StringComparison.Ordinal)
            .Split("\r\n")
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .SingleOrDefault();
}
