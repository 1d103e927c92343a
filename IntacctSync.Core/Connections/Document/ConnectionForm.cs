namespace IntacctSync.Core.Connections.Document;

/// <summary>
/// A connection's document as a form for people, section by section in the order in which it is filled in.
/// </summary>
public sealed record ConnectionForm(IReadOnlyList<FormSection> Sections)
{
    /// <summary>Of an app that describes none.</summary>
    public static readonly ConnectionForm Empty = new([]);

    public IEnumerable<FormField> Fields => Sections.SelectMany(s => s.Fields);
}

/// <summary>Fields that belong together.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Fields">In their order.</param>
/// <param name="Help">What is to be known of all of them; null for nothing.</param>
/// <param name="Further">True for what most people never change.</param>
public sealed record FormSection(
    string Title,
    IReadOnlyList<FormField> Fields,
    string? Help = null,
    bool Further = false
);

/// <summary>One field.</summary>
/// <param name="Path">Its place in the document, such as <c>intacct.senderId</c>.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Kind">What it holds.</param>
public sealed record FormField(string Path, string Label, FieldKind Kind = FieldKind.Text)
{
    public bool Required { get; init; }

    /// <summary>
    /// Whether it is needed to sign in to both systems: without it no list can be read that others are chosen from.
    /// </summary>
    public bool SignsIn { get; init; }

    /// <summary>What it is for and where its value is found; null where the label says it.</summary>
    public string? Help { get; init; }

    /// <summary>Of a choice: its values with their words.</summary>
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>The list of one of the two systems that its value is one of; null for none.</summary>
    public string? List { get; init; }

    /// <summary>Of pairs: the list that their names are of; null for none.</summary>
    public string? KeyList { get; init; }

    /// <summary>What it is in a new connection, as a person would write it.</summary>
    public string? Usual { get; init; }

    /// <summary>
    /// Of a secret: whether one is made for a new connection that gives none, since nobody has to know it.
    /// </summary>
    public bool IsMade { get; init; }
}

/// <summary>One value of a choice, and how people read it.</summary>
public sealed record FieldChoice(string Value, string Text);

/// <summary>What a field of the form holds.</summary>
public enum FieldKind
{
    Text,

    /// <summary>Never shown. Left empty it keeps its value.</summary>
    Secret,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of several words.</summary>
    Choice,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Several texts, one on each line.</summary>
    Lines,

    /// <summary>Names with their values, one pair on each line, joined by an equals sign.</summary>
    Pairs,
}
