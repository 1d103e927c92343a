using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>Who calls a function, and in what world.</summary>
internal sealed record CallContext(
    Session Session,
    IntacctSimulatorOptions Options,
    TimeProvider Clock,
    Random Random,
    SessionStore Sessions
)
{
    /// <summary>Records written so far, to be counted when it is sure that they stay.</summary>
    public List<(string Verb, string Object)> Written { get; } = [];

    public IntacctCompany Company => Session.Company;

    public Books Books => Session.Company.Books;

    public TimeSpan Offset => Session.User.GmtOffset;

    /// <summary>The instant that query and readByQuery see the books as of; null = now.</summary>
    public DateTimeOffset? SeenAsOf =>
        Options.VisibilityDelay > TimeSpan.Zero ? Clock.GetUtcNow() - Options.VisibilityDelay : null;

    /// <summary>Who the result of a readByQuery belongs to.</summary>
    public string Owner => $"{Session.Company.Id}/{Session.User.UserId}/{Session.Entity}";

    public WriteContext Writing() =>
        new(Books, Company.Stamp(Session.User, Session.Entity, "api"), Options, Company.Ignored, Company.Setup);

    /// <summary>A field of an object; null where it has none of that name.</summary>
    public FieldPath? Path(ObjectDefinition definition, string name) =>
        FieldPath.Resolve(definition, name, Options.CustomField);
}
