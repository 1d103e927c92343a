using IntacctSync.Web.Answers;

namespace IntacctSync.Web.Description;

/// <summary>
/// What a caller must know about one call, beside its address. Rules that hold for many calls are not repeated here:
/// <see cref="OperationTransformer"/> adds it.
/// </summary>
/// <param name="Name">The operation's id: one camelCase word, unique in the API.</param>
/// <param name="Summary">What the call does, in one sentence.</param>
internal sealed record CallDescription(string Name, string Summary)
{
    /// <summary>What the summary leaves out; null for nothing.</summary>
    public string? Details { get; init; }

    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>What is sent along; null for nothing.</summary>
    public CallBody? Body { get; init; }

    /// <summary>Whether the sender proves itself as a webhook does, rather than by the key of operations.</summary>
    public bool IsWebhook { get; init; }

    /// <summary>Its own answers, the good ones first.</summary>
    public required IReadOnlyList<Reply> Replies { get; init; }

    /// <summary>The members that its body may have; see <see cref="BodyFields"/>.</summary>
    public string[] BodyNames => Body is null ? [] : [.. Body.Members.Select(member => member.Name)];
}

/// <summary>One answer of a call.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">When it is given.</param>
/// <param name="Type">The type of its JSON; null where it has no body, or is a problem (400 and above).</param>
internal sealed record Reply(int Status, string Text, Type? Type = null)
{
    /// <summary>The headers that the answer carries, and what they say.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A refusal that asks to come again.</summary>
    public static Reply Later(int status, string text) =>
        new(status, text)
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Retry-After"] = "Seconds after which to try again.",
            },
        };
}

/// <summary>A parameter behind the question mark. All are optional.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it chooses, and what holds without it.</param>
/// <param name="Allowed">The values that it may have; empty for any text.</param>
internal sealed record QueryParameter(string Name, string Text, params string[] Allowed);

/// <summary>The JSON object that a call takes.</summary>
/// <param name="Required">False where it may be left out.</param>
/// <param name="Members">What it may have; none where a schema of its own says it, or anything is taken.</param>
internal sealed record CallBody(bool Required, params BodyMember[] Members)
{
    /// <summary>A whole connection document.</summary>
    public static CallBody ConnectionDocument { get; } = new(Required: true) { Schema = ConnectionSchema.Sent };

    /// <summary>An object of the sender's own making.</summary>
    public static CallBody Anything { get; } = new(Required: true) { Open = true };

    /// <summary>The named schema that says what it may have; null where the members say it.</summary>
    public string? Schema { get; private init; }

    /// <summary>Whether members are taken that are not listed.</summary>
    public bool Open { get; private init; }
}

/// <summary>One member of a body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it says, and what holds without it.</param>
/// <param name="Kind">Which JSON value it is.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record BodyMember(string Name, string Text, MemberKind Kind, bool Required = false);

/// <summary>Which JSON value a member is.</summary>
internal enum MemberKind
{
    Text,

    /// <summary>A time in ISO 8601, or a date.</summary>
    Time,

    Flag,

    /// <summary>A list of texts.</summary>
    Texts,
}

/// <summary>Marks the calls that need the key of operations.</summary>
internal sealed record NeedsApiKey;
