using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Web.Console.Words;

/// <summary>Flows, states and causes as people read them.</summary>
internal static class RecordWords
{
    /// <summary>The flow without its app: <c>credit-notes</c> is Credit notes.</summary>
    public static string Flow(IAppProfile app, FlowName flow) => PlainWords.Flow(app, flow);

    /// <summary>The same of a flow that a text names; the text where the app has none of that name.</summary>
    public static string Flow(IAppProfile app, string name) => PlainWords.Flow(app, name) ?? name;

    public static string Way(IAppProfile app, FlowName flow) => $"{Source(app, flow)} to {Target(app, flow)}";

    public static string Source(IAppProfile app, FlowName flow) => IsOfApp(app, flow) ? app.Title : "Intacct";

    public static string Target(IAppProfile app, FlowName flow) => IsOfApp(app, flow) ? "Intacct" : app.Title;

    public static string State(RecordState state) =>
        state switch
        {
            RecordState.Pending => "Waiting",
            RecordState.Synced => "Synced",
            RecordState.Skipped => "Skipped",
            RecordState.InDoubt => "Being looked up",
            RecordState.NeedsAction => "Needs you",
            _ => "Given up",
        };

    /// <summary>As the address of a page has it.</summary>
    public static string Name(RecordState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    public static string Explained(RecordState state) =>
        state switch
        {
            RecordState.Pending => "A change is known and not carried over yet.",
            RecordState.Synced => "Both sides were equal when they were last looked at.",
            RecordState.Skipped => "Nothing was to be done, or a rule leaves it out.",
            RecordState.InDoubt => "A write got no answer; whether it arrived is being looked up.",
            RecordState.NeedsAction => "It waits until somebody changes something.",
            _ => "It was tried several times in vain. A retry starts anew.",
        };

    /// <summary>A problem's code as words: <c>no-customer</c> is No customer.</summary>
    public static string Cause(string code) => Sentence(code);

    /// <summary>What a line of a story says happened: <c>writtenBack</c> is Written back.</summary>
    public static string Event(string what) =>
        what switch
        {
            "needsAction" => "Needs you",
            "dead" => "Given up",
            "inDoubt" => "No answer",
            "putConnection" => "Settings stored",
            "testConnection" => "Doctor run",
            "activateConnection" => "Activated",
            "deleteConnection" => "Deactivated",
            "startRun" => "Sync asked for",
            "cancelRun" => "Run cancelled",
            "previewSync" => "Preview run",
            "reconcile" => "Sides compared",
            "rebuildKeyMap" => "Links made anew",
            "retryRecord" or "retryRecords" => "Retry asked for",
            "linkRecord" => "Record linked",
            "ignoreRecord" => "Record ignored",
            "sendTestMail" => "Test letter sent",
            _ => Sentence(
                string.Concat(what.Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"))
            ),
        };

    /// <summary>What a webhook tells of: <c>invoice.status_update</c> is Invoice status update.</summary>
    public static string Told(string webhookEvent) => Sentence(webhookEvent.Replace('.', ' ').Replace('_', ' '));

    public static string Sentence(string name) => PlainWords.Sentence(name);

    private static bool IsOfApp(IAppProfile app, FlowName flow) =>
        app.Flows.First(f => f.Name == flow).Source == FlowSource.App;
}
