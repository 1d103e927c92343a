using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>Reads the small texts that parameters are.</summary>
internal static class Texts
{
    /// <summary>Comma separated: a value with a comma in it can't be written this way.</summary>
    public static IReadOnlyList<string> List(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A number within bounds; <paramref name="otherwise"/> where the element is not there.</summary>
    public static int Number(XElement parent, string name, int otherwise, int least, int most)
    {
        if (parent.Element(name)?.Value.Trim() is not { Length: > 0 } text)
            return otherwise;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : throw new RefusedException(
                new IntacctError(
                    "Query Failed",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The value '{text}' of {name} is not between {least} and {most}"
                    )
                )
            );
    }
}
