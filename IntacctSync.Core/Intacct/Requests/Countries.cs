using System.Diagnostics.CodeAnalysis;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>
/// Finds a country by any of its names: ISO 3166-1 codes, English short names and other common names.
/// </summary>
internal static class Countries
{
    private static readonly Dictionary<string, Country> ByName = Read();

    public static bool TryFind(string text, [NotNullWhen(true)] out Country? country) =>
        ByName.TryGetValue(text.Trim(), out country);

    private static Dictionary<string, Country> Read()
    {
        var byName = new Dictionary<string, Country>(StringComparer.OrdinalIgnoreCase);
        using var reader = new StreamReader(
            typeof(Countries).Assembly.GetManifestResourceStream("IntacctSync.Core.Intacct.Requests.countries.txt")!
        );
        while (reader.ReadLine() is { } line)
        {
            var names = line.Split('|');
            var country = new Country(names[0], names[1]);
            foreach (var name in names)
                byName.TryAdd(name, country);
        }

        return byName;
    }
}

/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Name">English short name.</param>
internal sealed record Country(string Code, string Name);
