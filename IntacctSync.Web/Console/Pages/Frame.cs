using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Console.Words;

namespace IntacctSync.Web.Console.Pages;

/// <summary>
/// What stands above every page of a connection: its name, how it is, and the way to its other pages.
/// </summary>
/// <param name="Connection">The connection.</param>
/// <param name="NeedsYou">How many records need a person or were given up.</param>
public sealed record Frame(Connection Connection, int NeedsYou)
{
    private const int BriefText = 250;

    public IAppProfile App => Connection.Settings.Profile;

    public string Home => Paths.Of(Connection.Id);

    /// <summary>A text with the settings as the form calls them.</summary>
    public string Told(string text) => Titles.InOrder(FieldWords.Labelled(text, App.Form));

    /// <summary>The beginning of it, for a list of many; the record's own page has it all.</summary>
    public string Briefly(string text) => Shortened(Told(text));

    /// <summary>The beginning of a text that is shown as it is.</summary>
    public static string Shortened(string text, int most = BriefText) =>
        text.Length <= most ? text : WholeCharacters.Cut(text, most - 1) + "…";

    public string Of(string page) => $"{Home}/{page}";

    public string Of(Run run) => Paths.OfRun(Connection.Id, run.RunId);

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
