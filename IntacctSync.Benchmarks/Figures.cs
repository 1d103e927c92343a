using System.Globalization;

namespace IntacctSync.Benchmarks;

/// <summary>Prints figures one under the other, each beside its target where it has one.</summary>
internal sealed class Figures
{
    /// <summary>False once a figure has missed its target.</summary>
    public bool AllHold { get; private set; } = true;

    public static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
    }

    /// <summary>A figure without a target.</summary>
    public static void Fact(string name, string value, string note = "") =>
        Console.WriteLine($"  {name.PadRight(38)} {value.PadLeft(12)}   {note}".TrimEnd());

    public static void Fact(string name, long value, string note = "") => Fact(name, Whole(value), note);

    public void AtMost(string name, long value, long target, string note = "") =>
        Judge(name, Whole(value), $"at most {Whole(target)}", value <= target, note);

    public void Exactly(string name, long value, long target, string note = "") =>
        Judge(name, Whole(value), $"exactly {Whole(target)}", value == target, note);

    public void Under(string name, double seconds, double target, string note = "") =>
        Judge(
            name,
            Seconds(seconds),
            string.Create(CultureInfo.InvariantCulture, $"under {target:0.##} s"),
            seconds < target,
            note
        );

    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private void Judge(string name, string value, string target, bool holds, string note)
    {
        AllHold &= holds;
        Fact(name, value, $"{target.PadRight(16)} {(holds ? "PASS" : "FAIL")}  {note}");
    }
}
