using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Connections;

/// <summary>
/// What is known of an app without calling it: its names, its flows, its secrets, and how its part of a connection
/// document is read.
/// </summary>
public interface IAppProfile
{
    /// <summary>
    /// The app's name in lower case, as in the member <c>app</c> of a document and in the causes of failures.
    /// </summary>
    string Name { get; }

    /// <summary>As people write it.</summary>
    string Title { get; }

    /// <summary>Its flows, parents before what refers to them.</summary>
    IReadOnlyList<AppFlow> Flows { get; }

    SecretFields Secrets { get; }

    /// <summary>
    /// The secret that stands for the account, where the records of two Intacct companies would have the same ids in
    /// one account and overwrite each other; null where they may share one.
    /// </summary>
    string? AccountSecret => null;

    /// <summary>Its document as a form for people.</summary>
    ConnectionForm Form => ConnectionForm.Empty;

    /// <summary>The type of its settings, which a stored connection is read into.</summary>
    Type SettingsType { get; }

    /// <summary>
    /// A record's id as the key map has it, where the app takes several spellings for the same; as it is, where nothing
    /// else is said.
    /// </summary>
    /// <param name="flow">One of its flows.</param>
    /// <param name="id">As a person gave it.</param>
    string SourceId(FlowName flow, string id) => id;

    /// <summary>
    /// By what a record's counterpart is found again, for people, such as "its number INV-2002"; null for a key that
    /// only a program reads.
    /// </summary>
    /// <param name="flow">One of its flows.</param>
    /// <param name="key">The natural key that the record's row has.</param>
    string? KeyInWords(FlowName flow, string key) => null;

    /// <summary>Reads the members of a document that are the app's own.</summary>
    /// <param name="root">The whole document.</param>
    /// <param name="rules">What addresses may be named.</param>
    /// <param name="secrets">Takes what the document says of the app's secrets, by field.</param>
    ConnectionSettings Read(DocumentReader root, ConnectionRules rules, IDictionary<string, SecretChange> secrets);
}

/// <summary>One flow of an app.</summary>
/// <param name="Name">Its public name.</param>
/// <param name="Source">Which side its records are read from.</param>
/// <param name="Timer">The configuration key that says when its feed is due; several flows may share one.</param>
/// <param name="Parents">The flows whose records its own belong to and wait for.</param>
public sealed record AppFlow(FlowName Name, FlowSource Source, string Timer, params IReadOnlyList<FlowName> Parents)
{
    /// <summary>
    /// Says of a record that was left out, by its source id, whether it is looked at again when a child needs it. By
    /// default it is not.
    /// </summary>
    public Func<string, bool> IsLookedAtAgain { get; init; } = static _ => false;

    /// <summary>
    /// Whether a record that waits comes again by itself, so that what waits for it does not put it on the queue.
    /// </summary>
    public bool ComesByItself { get; init; }

    /// <summary>
    /// The flow of which everything is read behind everything of this one, unless that was read before: what is carried
    /// for the first time may need records of it that are older than the connection. Null for none.
    /// </summary>
    public FlowName? ReadBehind { get; init; }

    /// <summary>
    /// Whether a counterpart that is adopted is brought to what the source says. After the loss of the store such
    /// records are linked and left as they are: what people have changed on the counterpart would be overwritten.
    /// </summary>
    public bool AdoptionWrites { get; init; }
}

/// <summary>The side that the records of a flow are read from.</summary>
public enum FlowSource
{
    App,
    Intacct,
}
