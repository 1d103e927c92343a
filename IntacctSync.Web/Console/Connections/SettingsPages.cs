using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Access;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Words;
using IntacctSync.Web.Operations;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Connections;

/// <summary>The form of a connection, new or stored, with the doctor beside it.</summary>
internal sealed class SettingsPages(
    FrameReader frames,
    ConnectionStore connections,
    ConnectionSecrets secrets,
    ConnectionEndpoints endpoints,
    ConnectionPurge purges,
    RecordCounting counting,
    AppProfiles apps,
    ConnectionDoctor doctor,
    ChoiceReader choices,
    AppCatalog catalog
)
{
    private const string IdField = "id";

    /// <summary>What the form of a new connection leads to.</summary>
    internal const string ThenField = "then";

    /// <summary>The lists of both systems, while the connection rests.</summary>
    internal const string ThenLists = "lists";

    public IResult New(HttpContext http)
    {
        var app = AppOf(http.Request.Query["app"]);
        return Page(new SettingsModel(null, app, new JsonObject { ["app"] = app.Name }, NoErrors, apps.All));
    }

    public async Task<IResult> CreateAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(http, cancellationToken);
        var app = AppOf(form["app"]);
        var document = new JsonObject { ["app"] = app.Name };
        FormDocument.Apply(document, app.Form, form);
        FormDocument.MakeSecrets(document, app.Form);
        var model = new SettingsModel(null, app, document, NoErrors, apps.All) { Id = form[IdField] ?? "" };
        if (!ConnectionId.TryParse(model.Id, out var id))
            return Page(
                model with
                {
                    Errors = Error(IdField, $"Use 1 to {ConnectionId.MaxLength} of a-z, 0-9 and '-'."),
                }
            );
        http.NoteConnection(id);
        var rests = form[ThenField] == ThenLists;
        return await PutAsync(http, id, model, new PutTerms(rests, IsNew: true), cancellationToken)
            ?? new SeeOther(
                rests
                    ? $"{Paths.Of(id)}/settings?lists=1&done={DoneWords.Rests}"
                    : $"{Paths.Of(id)}/settings?done={DoneWords.Created}"
            );
    }

    public async Task<IResult> ShowAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var model = await ReadAsync(id, cancellationToken);
        return Page(
            http.Request.Query["lists"] == "1"
                ? model with
                {
                    Choices = await choices.ReadAsync(model.Frame!.Connection, cancellationToken),
                }
                : model
        );
    }

    public async Task<IResult> SaveAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var model = await ReadAsync(id, cancellationToken);
        model = model with { Stored = (JsonObject)model.Document.DeepClone() };
        var form = await Form.ReadAsync(http, cancellationToken);
        FormDocument.Apply(model.Document, model.App.Form, form);
        var old = model.Frame!.Connection;
        if (
            await PutAsync(http, old.Id, model, new PutTerms(Rests: false, IsNew: false), cancellationToken) is
            { } wrong
        )
            return wrong;

        // The lists stay what they are while the same accounts are signed in to in the same way.
        if (!model.App.Form.Fields.Any(f => f.Kind == FieldKind.Secret && form.Has(f.Path) && form[f.Path] is not null))
            choices.CarryOver(old, await connections.GetAsync(old.Id, cancellationToken));
        return new SeeOther($"{model.Frame.Of("settings")}?done={DoneWords.Saved}");
    }

    public async Task<IResult> ExamineAsync(string id, CancellationToken cancellationToken)
    {
        var model = await ReadAsync(id, cancellationToken);
        var report = await doctor.ExamineAsync(model.Frame!.Connection.Id, cancellationToken);

        // The examination may have ended a stop.
        return Page((await ReadAsync(id, cancellationToken)) with { Report = report });
    }

    public async Task<IResult> PurgeAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var form = await Form.ReadAsync(http, cancellationToken);
        if (form["confirm"] != connection.Id.Value)
            return PageResult.Refused(
                StatusCodes.Status400BadRequest,
                $"Nothing was removed: write the name of the connection, '{connection.Id}', to confirm."
            );
        http.Note("everything is forgotten");
        if (await purges.PurgeAsync(connection.Id, cancellationToken) == PurgeOutcome.Busy)
        {
            http.NoteChange("it stands still, and a worker is in the way of forgetting it");
            return PageResult.Refused(
                StatusCodes.Status503ServiceUnavailable,
                "The connection is deactivated, but a worker is at its company just now: remove it again in a moment."
            );
        }

        counting.Forget(connection.Id);
        return new SeeOther($"{Paths.Home}?done={DoneWords.Purged}");
    }

    private static Dictionary<string, string[]> NoErrors => new(StringComparer.Ordinal);

    private static Dictionary<string, string[]> Error(string field, string text) =>
        new(StringComparer.Ordinal) { [field] = [text] };

    private IAppProfile AppOf(string? name) => apps.All.FirstOrDefault(a => a.Name == name) ?? apps.Usual;

    private async Task<SettingsModel> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var set = await secrets.SetAsync(frame.Connection, cancellationToken);
        return new SettingsModel(
            frame,
            frame.App,
            ConnectionDocument.Show(frame.Connection.Settings, set),
            NoErrors,
            apps.All
        )
        {
            Id = frame.Connection.Id.Value,
            Choices = choices.Kept(frame.Connection),
            Lists = catalog.Of(frame.Connection).Choices,
        };
    }

    /// <returns>The form with what is wrong; null where it was stored.</returns>
    private async Task<IResult?> PutAsync(
        HttpContext http,
        ConnectionId id,
        SettingsModel model,
        PutTerms terms,
        CancellationToken cancellationToken
    )
    {
        var stored = await endpoints.PutAsync(
            http,
            id,
            JsonSerializer.SerializeToElement(model.Document),
            terms,
            cancellationToken
        );
        counting.Forget(id);
        if (stored.Connection is not null)
            return null;
        var wrong = stored.Errors ?? Error(IdField, "There is a connection of this name already.");
        return Page(model with { Errors = wrong });
    }

    private static PageResult Page(SettingsModel model) =>
        PageResult.Of<SettingsPage>(
            model.Frame is { } frame ? $"Settings · {frame.Connection.Id}" : "Connect",
            model,
            model.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK
        );
}

/// <summary>What the form of a connection shows.</summary>
/// <param name="Frame">The connection; null for a new one.</param>
/// <param name="App">Its app.</param>
/// <param name="Document">What the fields hold, without secrets that were sent.</param>
/// <param name="Errors">What is wrong, by the path of the field.</param>
/// <param name="Apps">All apps, for a new one.</param>
public sealed record SettingsModel(
    Frame? Frame,
    IAppProfile App,
    JsonObject Document,
    IDictionary<string, string[]> Errors,
    IReadOnlyList<IAppProfile> Apps
)
{
    public string Id { get; init; } = "";

    /// <summary>What is stored, where the document is something else that was refused.</summary>
    public JsonObject? Stored { get; init; }

    /// <summary>What its fields can be chosen from; null where that was not read.</summary>
    public FormChoices? Choices { get; init; }

    /// <summary>The lists that there are.</summary>
    public IReadOnlyList<ChoiceList> Lists { get; init; } = [];

    /// <summary>A list as people call it.</summary>
    public string TitleOf(string list) => Lists.FirstOrDefault(l => l.Name == list)?.Title ?? list;

    /// <summary>How many choices of all lists a page holds: with more it would be a heavy one.</summary>
    private const int MostChoices = 800;

    /// <summary>
    /// How many choices of a list are offered: all, or where there are too many, as many as leave the same to each of
    /// the long lists. What is not offered can be written.
    /// </summary>
    public int OfferedOf(string list)
    {
        var sizes = (Choices?.Lists ?? NoLists).Values.Select(l => l.Count).Order().ToList();
        var (room, share) = (MostChoices, 0);
        for (var i = 0; i < sizes.Count; i++)
        {
            share = room / (sizes.Count - i);
            room -= Math.Min(sizes[i], share);
        }

        return Math.Min(Choices?.Lists.GetValueOrDefault(list)?.Count ?? 0, share);
    }

    private static readonly Dictionary<string, IReadOnlyList<FieldChoice>> NoLists = new(StringComparer.Ordinal);

    /// <summary>By which a field of the page names a list.</summary>
    public static string ListId(string list) => $"list-{list}";

    /// <summary>What the doctor found; null where it was not asked.</summary>
    public DoctorReport? Report { get; init; }

    public string? Error(string path) => Errors.TryGetValue(path, out var texts) ? string.Join(" ", texts) : null;

    /// <summary>What is wrong at none of the form's fields.</summary>
    public IEnumerable<string> OtherErrors =>
        Errors.Where(e => e.Key != "id" && App.Form.Fields.All(f => f.Path != e.Key)).SelectMany(e => e.Value);
}
