using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>What sets one kind of record apart from another; a new kind is one more of these.</summary>
public sealed record ZuperModule
{
    /// <summary>As <c>module_name</c> names it: <c>ORGANIZATION</c>.</summary>
    public required string Name { get; init; }

    /// <summary>As webhooks name it; products differ.</summary>
    public required string WebhookModule { get; init; }

    /// <summary>Beginning of its events, its writes' wrapper and its uid field: <c>organization</c>.</summary>
    public required string Word { get; init; }

    /// <summary>For messages: <c>Organization</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The event of a create; <c>customer.create</c> does not follow the others.</summary>
    public required string CreatedEvent { get; init; }

    public string UidField => Word + "_uid";

    /// <summary>The field that holds the custom fields.</summary>
    public string FieldsField { get; init; } = "custom_fields";

    /// <summary>What a caller may write; everything else in a write is ignored.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Text fields that a keyword is looked for in.</summary>
    public required IReadOnlyList<string> KeywordFields { get; init; }

    /// <summary>What plain lists can be sorted by; empty = anything.</summary>
    public required IReadOnlyList<string> SortBy { get; init; }

    public int DefaultCount { get; init; } = 10;

    /// <summary>
    /// Whether the rule engine of the newer micro-service filters it, which asks for each rule's field type, has more
    /// operators and writes its answers another way.
    /// </summary>
    public bool NewerFilter { get; init; }

    /// <summary>What the rule engine can sort by besides what plain lists can.</summary>
    public IReadOnlyList<string> FilterSortBy { get; init; } = [];

    /// <summary>Fields that details and filters have and rows of a plain list do not.</summary>
    public IReadOnlyList<string> MissingInRows { get; init; } = [];

    /// <summary>Checks a write before anything is changed; throws to refuse.</summary>
    internal Action<ZuperCompany, JsonObject, bool> Check { get; init; } = (_, _, _) => { };

    /// <summary>Fills a new or changed record's own fields.</summary>
    internal Action<ZuperCompany, JsonObject> Complete { get; init; } = (_, _) => { };

    /// <summary>Turns a copy of the record into what a reader sees: embedded records instead of uids, counts.</summary>
    internal Action<ZuperCompany, JsonObject> View { get; init; } = (_, _) => { };

    public override string ToString() => Name;
}
