using System.Globalization;
using System.Text;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Notifications;

/// <summary>
/// Makes the text of e-mails. A record is called by its number or name; e-mail addresses and telephone numbers are left
/// out. Pure.
/// </summary>
/// <param name="To">The recipients.</param>
/// <param name="Connection">Of which connection.</param>
/// <param name="LinkBase">What links begin with; null where they are paths of the API.</param>
internal sealed record MailText(IReadOnlyList<string> To, ConnectionId Connection, string? LinkBase)
{
    /// <summary>How many records of a cause are named; the others are counted.</summary>
    public const int Named = 25;

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
                .Select(t => $"{t.Notice.Cause.Flow} {t.Notice.Cause.Code}")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Take(3)
        );
        var subject = string.Create(
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
            $"Connection {Connection.Value} is stopped: a sign-in was refused. Nothing is synced until it "
                + $"succeeds; changes are kept until then."
        );
        body.Add("");
        body.Add($"Reason: {PersonalData.Mask(stop.Problem.Message)}");
        body.Add($"Fix: {PersonalData.Mask(stop.Problem.Fix)}");
        body.Add($"Connection: {Path}");
        return Letter(
            $"IntacctSync {Connection.Value}: stopped, a sign-in was refused",
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
        body.Add(string.Create(CultureInfo.InvariantCulture, $"{cause.Flow}, {cause.Code}: {troubles.Count}"));
        foreach (var trouble in troubles.Take(Named))
        {
            body.Add("");
            body.Add($"  {Name(trouble)}");
            body.Add($"    Reason: {PersonalData.Mask(trouble.Problem.Message)}");
            body.Add($"    Fix: {PersonalData.Mask(trouble.Problem.Fix)}");
            body.Add($"    {Link(trouble.Notice)}");
        }

        if (troubles.Count > Named)
        {
            body.Add("");
            body.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  and {troubles.Count - Named} more: {Path}/records?flow={cause.Flow}"
                )
            );
        }

        body.Add("");
        if (troubles[0].Notice.SourceId is not null)
            body.Add(
                $"  Once mended, all of this cause at once: POST {Path}/retry {{\"flow\": \"{cause.Flow}\", "
                    + $"\"code\": \"{cause.Code}\"}}"
            );
        body.Add("");
    }

    private static string Name(FailedRecord trouble) =>
        trouble switch
        {
            { Title: { Length: > 0 } title } => PersonalData.Mask(title),
            { Notice.SourceId: { } id } => PersonalData.Mask(id),
            _ => $"Reading the changes of {trouble.Notice.Cause.Flow}",
        };

    private string Link(Notice notice) =>
        notice.SourceId is { } id ? RecordLink.To(LinkBase, Connection, notice.Cause.Flow, id) : $"{Path}/status";

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

/// <summary>A failure with everything that its e-mail says.</summary>
/// <param name="Notice">Which it is.</param>
/// <param name="Title">What a person calls the record; null where it has no name yet.</param>
/// <param name="Problem">Why it is not synced, and what to do.</param>
public sealed record FailedRecord(Notice Notice, string? Title, Problem Problem);
