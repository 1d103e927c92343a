namespace IntacctSync.Core.Connections;

/// <summary>What a document says of a secret: keep it, clear it, or a new value.</summary>
public sealed record SecretChange
{
    public static readonly SecretChange Keep = new();

    public static readonly SecretChange Cleared = new() { Clears = true };

    public bool Clears { get; private init; }

    public string? Value { get; private init; }

    public static SecretChange To(string value) => new() { Value = value };

    public override string ToString() =>
        Clears ? "clear"
        : Value is null ? "keep"
        : "set";
}
