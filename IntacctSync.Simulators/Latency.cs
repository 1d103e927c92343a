namespace IntacctSync.Simulators;

/// <summary>How long an answer takes: a fixed part and a random part on top, drawn evenly.</summary>
public sealed record Latency(TimeSpan Fixed, TimeSpan Jitter = default)
{
    public static Latency None { get; } = new(TimeSpan.Zero);

    public static Latency OfMilliseconds(int milliseconds, int jitter = 0) =>
        new(TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromMilliseconds(jitter));

    /// <summary>One draw.</summary>
    public TimeSpan Next(Random random) => Jitter > TimeSpan.Zero ? Fixed + (Jitter * random.NextDouble()) : Fixed;
}
