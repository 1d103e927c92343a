using System.Globalization;

namespace IntacctSync.Benchmarks;

/// <summary>Sets numbers in columns.</summary>
internal static class Columns
{
    /// <summary>The number, with blanks before it up to a width.</summary>
    public static string Right<T>(T value, int width, string format)
        where T : IFormattable => value.ToString(format, CultureInfo.InvariantCulture).PadLeft(width);
}
