using System.Text.RegularExpressions;

namespace IntacctSync.Simulators.Intacct.Filters;

/// <summary>The conditions that query and readByQuery are made of.</summary>
internal static class Conditions
{
    public static Condition All { get; } = _ => true;

    public static Condition And(IReadOnlyList<Condition> parts) =>
        record =>
        {
            bool? result = true;
            foreach (var part in parts)
                switch (part(record))
                {
                    case false:
                        return false;
                    case null:
                        result = null;
                        break;
                }
            return result;
        };

    public static Condition Or(IReadOnlyList<Condition> parts) =>
        record =>
        {
            bool? result = false;
            foreach (var part in parts)
                switch (part(record))
                {
                    case true:
                        return true;
                    case null:
                        result = null;
                        break;
                }
            return result;
        };

    public static Condition Not(Condition part) => record => !part(record);

    public static Condition IsNull(Comparand comparand) => record => comparand.Of(record) is null;

    /// <summary>Compares with one value; <paramref name="holds"/> gets the sign of the comparison.</summary>
    public static Condition Compare(Comparand comparand, string value, Func<int, bool> holds)
    {
        var wanted = comparand.Parse(value);
        return record => comparand.Of(record) is { } found ? holds(comparand.Compare(found, wanted)) : null;
    }

    public static Condition In(Comparand comparand, IEnumerable<string> values)
    {
        var wanted = values.Select(comparand.Parse).ToHashSet(comparand);
        return record => comparand.Of(record) is { } found ? wanted.Contains(found) : null;
    }

    /// <summary><c>%</c> is any text, <c>_</c> any character.</summary>
    public static Condition Like(Comparand comparand, string pattern)
    {
        var expression =
            "^"
            + Regex
                .Escape(pattern)
                .Replace("%", ".*", StringComparison.Ordinal)
                .Replace("_", ".", StringComparison.Ordinal)
            + "$";
        var options =
            RegexOptions.Singleline
            | RegexOptions.CultureInvariant
            | (comparand.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        var regex = new Regex(expression, options, TimeSpan.FromSeconds(1));
        return record => comparand.Of(record) is { } found ? regex.IsMatch(found.ToString()!) : null;
    }
}
