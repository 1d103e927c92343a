using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Apps.Choices;

/// <summary>A list of one of the two systems, from which the value of a field of a form is chosen.</summary>
/// <param name="Name">By which a field of the form names it.</param>
/// <param name="Title">What it is a list of, for people: accounts.</param>
/// <param name="ReadAsync">Reads it; throws what the system's client throws.</param>
public sealed record ChoiceList(
    string Name,
    string Title,
    Func<ChoiceLook, CancellationToken, Task<IReadOnlyList<FieldChoice>>> ReadAsync
);

/// <summary>What is needed to read a list.</summary>
/// <param name="Client">Calls Intacct.</param>
/// <param name="Access">What is needed to call both systems.</param>
/// <param name="Settings">Of the connection: some lists depend on how it books.</param>
public sealed record ChoiceLook(IntacctClient Client, ConnectionAccess Access, ConnectionSettings Settings);
