using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Doctor;

/// <summary>Whether Intacct can be worked with. The password is tried once: repeated refusals lock the user out.</summary>
internal sealed class IntacctChecks(ConnectionAccessSource access, IntacctClient intacct)
{
    /// <summary>The checks of a connection, in their order.</summary>
    public static IReadOnlyList<string> Names(Connection connection) =>
    [
        CheckNames.IntacctEndpoint, CheckNames.IntacctSender, CheckNames.IntacctLogin, CheckNames.IntacctUserFormat, CheckNames.IntacctCustomers,
        .. connection.Settings.Invoice.TermName is null ? Array.Empty<string>() : [CheckNames.IntacctTerm],
    ];

    public async Task MakeAsync(Connection connection, Examination examination, CancellationToken cancellationToken)
    {
        var credentials = await access.GetIntacctAsync(connection, cancellationToken);
        var (login, thrown) = await examination.TryAsync(CheckNames.IntacctLogin, async ct =>
        {
            await intacct.ProbeAsync(credentials, ct);
            return $"Signed in as {credentials}.";
        });
        examination.Add(IntacctSignIn.Split(login, (thrown as IntacctException)?.Failure));
        await examination.MakeAsync(
            CheckNames.IntacctUserFormat, CheckNames.IntacctLogin, async ct => Read(await intacct.ReadUserFormattingAsync(credentials, ct)));
        await examination.MakeAsync(CheckNames.IntacctCustomers, CheckNames.IntacctLogin, async ct =>
        {
            await FirstAsync(credentials, new IntacctQuery("CUSTOMER", ["CUSTOMERID"]), ct);
            return "The user may read customers.";
        });
        if (connection.Settings.Invoice.TermName is { } term)
            await examination.MakeAsync(CheckNames.IntacctTerm, CheckNames.IntacctLogin, ct => FindTermAsync(credentials, term, ct));
    }

    /// <summary>An offset other than GMT is converted by what was read, so it passes; but it jumps with daylight saving time.</summary>
    private static string Read(UserFormatting formatting)
    {
        if (formatting.Objection is { } objection)
            throw new CheckFailedException(objection, "In Intacct, sign in as that user and change it under My preferences.");
        return formatting.GmtOffset == TimeSpan.Zero
            ? "The user sees times in GMT."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The user sees times {(formatting.GmtOffset < TimeSpan.Zero ? "-" : "+")}{formatting.GmtOffset:hh\\:mm} from GMT, and they are read so. GMT is advised: another offset may change with daylight saving time.");
    }

    private async Task<string> FindTermAsync(IntacctCredentials credentials, string term, CancellationToken cancellationToken)
    {
        var query = new IntacctQuery("ARTERM", ["NAME"]) { Filter = QueryFilter.EqualTo("NAME", term) };
        return await FirstAsync(credentials, query, cancellationToken)
            ? $"The term '{term}' exists."
            : throw new CheckFailedException(
                $"Intacct has no AR term '{term}'.",
                "Set invoice.termName to the name of a term under Accounts Receivable > Setup > Terms, or make that term.");
    }

    private async Task<bool> FirstAsync(IntacctCredentials credentials, IntacctQuery query, CancellationToken cancellationToken)
    {
        await foreach (var page in intacct.QueryPagesAsync(credentials, query with { PageSize = 1 }, cancellationToken))
            return page.Records.Count > 0;
        return false;
    }
}
