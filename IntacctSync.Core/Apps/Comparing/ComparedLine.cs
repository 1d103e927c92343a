namespace IntacctSync.Core.Apps.Comparing;

/// <summary>A line of a document, as one side has it.</summary>
/// <param name="Text">What a person reads on it; empty for nothing.</param>
/// <param name="Item">Its item; empty for none.</param>
/// <param name="Amount">In the document's currency.</param>
public sealed record ComparedLine(string Text, string Item, decimal Amount)
{
    /// <summary>By what else a line of the source is known again; empty for nothing.</summary>
    public string Product { get; init; } = "";

    /// <summary>How many; null where that is no field of such a line.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The price of one; likewise.</summary>
    public decimal? Price { get; init; }

    /// <summary>Of a target's: the number of the account that it is booked on; empty for none.</summary>
    public string Account { get; init; } = "";

    /// <summary>By what label people name that account; empty where they name it by its number.</summary>
    public string AccountLabel { get; init; } = "";
}

/// <summary>Something of the lines of which the two sides say different things.</summary>
/// <param name="Field">Such as <c>line 2 amount</c>; <c>lines</c> where their number differs.</param>
/// <param name="Source">What the source says.</param>
/// <param name="Target">What the target says.</param>
/// <param name="IsAsWritten">Whether it is known that the source still says what was last written.</param>
/// <param name="IsTargets">Whether it is left to the target's people once it is written, so that the source can't
/// change it.</param>
public sealed record LineDifference(
    string Field,
    string Source,
    string Target,
    bool IsAsWritten,
    bool IsTargets = false
);
