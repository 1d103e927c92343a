using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;

namespace IntacctSync.Web.Console.Pages;

/// <summary>
/// What stands above every page of a connection: its name, how it is, and the way to its other pages.
/// </summary>
/// <param name="Connection">The connection.</param>
/// <param name="NeedsYou">How many records need a person or were given up.</param>
public sealed record Frame(Connection Connection, int NeedsYou)
{
    public IAppProfile App => Connection.Settings.Profile;

    public string Home => Paths.Of(Connection.Id);

    /// <summary>A text with the settings as the form calls them.</summary>
    public string Told(string text) => FieldWords.Labelled(text, App.Form);

    public string Of(string page) => $"{Home}/{page}";

    public string Record(FlowName flow, string sourceId) => Paths.Of(Connection.Id, flow, sourceId);
}

/// <summary>The parts of a connection's pages, in the order of their links.</summary>
public enum FramePart
{
    Overview,
    Causes,
    Records,
    Runs,
    Reconcile,
    Settings,
}
