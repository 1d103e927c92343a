using System.Globalization;
using System.Text;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Notifications;

/// <summary>
/// Makes the text of e-mails, for people who keep the books: customer, number, amount, reason, fix, and the page where
/// it is mended. E-mail addresses and telephone numbers are left out. Pure.
/// </summary>
/// <param name="To">The recipients.</param>
/// <param name="Connection">Of which connection.</param>
/// <param name="App">Its app, which names the flows.</param>
/// <param name="LinkBase">What links begin with; null where they are paths of the console.</param>
internal sealed record MailText(IReadOnlyList<string> To, ConnectionId Connection, IAppProfile App, string? LinkBase)
{
    /// <summary>How many records of a cause are named; the others are counted.</summary>
    public const int Named = 25;

    /// <summary>A longer id is one that a program made, which tells nobody anything.</summary>
    private const int LongestId = 20;

    private string Path => RecordLink.To(LinkBase, Connection);

    public Mail Failures(IReadOnlyList<FailedRecord> troubles)
    {
        var body = new Lines();
        foreach (
            var cause in troubles
                .GroupBy(t => t.Notice.Cause)
                .OrderBy(c => c.Key.Flow, StringComparer.Ordinal)
                .ThenBy(c => c.Key.Code, StringComparer.Ordinal)
        )
            Describe(
                body,
                cause.Key,
                [
                    .. cause
                        .OrderBy(t => t.Title, StringComparer.Ordinal)
                        .ThenBy(t => t.Notice.SourceId, StringComparer.Ordinal),
                ]
            );
        var causes = string.Join(
            ", ",
            troubles
                .Select(t => Words(t.Notice.Cause))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Take(3)
        );
        var subject = troubles.All(t => FlowOf(t.Notice.Cause) is null)
            ? $"IntacctSync {Connection.Value}: {causes}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"IntacctSync {Connection.Value}: {troubles.Count} not synced ({causes})"
            );

        // The times of the failures are part of the id. If the same record fails for the same reason next week, that is
        // another e-mail.
        return Letter(
            subject,
            body,
            string.Join(
                '|',
                troubles
                    .Select(t => t.Notice.At.UtcTicks.ToString(CultureInfo.InvariantCulture))
                    .Order(StringComparer.Ordinal)
            )
        );
    }

    public Mail Stopped(ConnectionStop stop)
    {
        var body = new Lines();
        body.Add(
            $"Connection {Connection.Value} is stopped: nothing is synced until what follows is mended. Changes are "
                + "kept until then."
        );
        body.Add("");
        body.Add($"Reason: {Told(stop.Problem.Message)}");
        body.Add($"Fix: {Told(stop.Problem.Fix)}");
        body.Add($"Connection: {Path}");
        return Letter(
            $"IntacctSync {Connection.Value}: stopped, nothing is synced",
            body,
            stop.Since.UtcTicks.ToString(CultureInfo.InvariantCulture)
        );
    }

    public Mail Resumed(DateTimeOffset stoppedSince)
    {
        var body = new Lines();
        body.Add(
            $"Connection {Connection.Value} goes on: it had been stopped since "
                + $"{stoppedSince.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC. What "
                + $"had waited is synced now."
        );
        body.Add($"Connection: {Path}");
        return Letter(
            $"IntacctSync {Connection.Value}: goes on",
            body,
            stoppedSince.UtcTicks.ToString(CultureInfo.InvariantCulture)
        );
    }

    private void Describe(Lines body, Cause cause, List<FailedRecord> troubles)
    {
        body.Add(string.Create(CultureInfo.InvariantCulture, $"{Words(cause)} ({troubles.Count})"));
        foreach (var trouble in troubles.Take(Named))
        {
            body.Add("");
            body.Add($"  {Name(trouble)}");
            if (trouble.About is { Length: > 0 } about)
                body.Add($"    {PersonalData.Mask(about)}");
            body.Add($"    Reason: {Told(trouble.Problem.Message, trouble.DocumentNumber)}");
            body.Add($"    Fix: {Told(trouble.Problem.Fix, trouble.DocumentNumber)}");
            body.Add($"    {Link(trouble.Notice)}");
        }

        if (troubles.Count > Named)
        {
            body.Add("");
            body.Add(string.Create(CultureInfo.InvariantCulture, $"  and {troubles.Count - Named} more"));
        }

        body.Add("");
        if (troubles[0].Notice.SourceId is not null && troubles.Count > 1)
        {
            body.Add("  Once mended, all of them can be retried with one button:");
            body.Add($"    {RecordLink.To(LinkBase, Connection, cause)}");
            body.Add("");
        }
    }

    /// <summary>A cause as people read it: Invoices: no customer.</summary>
    private string Words(Cause cause) =>
        FlowOf(cause) is { } flow
            ? $"{PlainWords.Flow(App, flow)}: {cause.Code.Replace('-', ' ')}"
            : PlainWords.Sentence(cause.Code);

    /// <summary>Null for what concerns all flows, such as a comparison of both sides.</summary>
    private FlowName? FlowOf(Cause cause) =>
        App.Flows.Select(f => (FlowName?)f.Name).FirstOrDefault(f => f!.Value.Value == cause.Flow);

    private string Name(FailedRecord trouble) =>
        trouble switch
        {
            { Title: { Length: > 0 } title } => PersonalData.Mask(title, trouble.DocumentNumber),
            { Notice.SourceId: { Length: <= LongestId } id } => PersonalData.Mask(id),
            { Notice.SourceId: not null } => "A record without a name",
            _ => FlowOf(trouble.Notice.Cause) is { } flow
                ? $"Reading the changes of {PlainWords.Flow(App, flow).ToLowerInvariant()}"
                : "Both sides together",
        };

    /// <summary>With the settings as the console calls them, where they are changed.</summary>
    private string Told(string text, string? number = null) =>
        PersonalData.Mask(FieldWords.Labelled(text, App.Form), number);

    private string Link(Notice notice) =>
        notice.SourceId is { } id ? RecordLink.To(LinkBase, Connection, notice.Cause.Flow, id)
        : FlowOf(notice.Cause) is null ? $"{Path}/{notice.Cause.Flow}"
        : Path;

    private Mail Letter(string subject, Lines body, string occasion)
    {
        var line = PersonalData.Mask(subject);
        var text = body.ToString();
        return new Mail(To, line, text, ShortHash.Of($"{Connection.Value}|{line}|{text}|{occasion}", 32));
    }

    private sealed class Lines
    {
        private readonly StringBuilder _text = new();

        public void Add(string line) => _text.Append(line).Append("\r\n");

        public override string ToString() => _text.ToString();
    }
}
