using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct;

public sealed partial class IntacctClient
{
    /// <summary>Logs in anew, whatever session there is and however recently a login was refused.</summary>
    /// <returns>When Intacct let it in, by its own clock; null when the answer does not say.</returns>
    /// <exception cref="IntacctException">The login failed; its Failure says who must do what.</exception>
    public async Task<DateTimeOffset?> ProbeAsync(IntacctCredentials credentials, CancellationToken ct) =>
        (await _sessions.GetAsync(credentials, fresh: true, ct).ConfigureAwait(false)).OpenedAt;

    /// <summary>How the API user sees dates and times.</summary>
    /// <exception cref="IntacctException">The read failed, or its answer holds no formatting.</exception>
    public async Task<UserFormatting> ReadUserFormattingAsync(IntacctCredentials credentials, CancellationToken ct)
    {
        var function = ReadRequests.UserFormatting(NewControlId(), credentials.UserId);
        var records = await ReadOneAsync(credentials, function, ct).ConfigureAwait(false);
        var formatting =
            records.SelectMany(r => r.Nested("userformatting").Prepend(r)).FirstOrDefault(r => r.Has("gmtoffset"))
            ?? throw new IntacctException(
                IntacctFailure.Unknown,
                $"Intacct answered no date and time formatting of user {credentials.UserId}."
            );
        return UserFormatting.From(formatting);
    }

    /// <summary>The preferences of one application, such as AR, by name in any case.</summary>
    /// <exception cref="IntacctException">The read failed.</exception>
    public async Task<IReadOnlyDictionary<string, string>> GetCompanyPreferencesAsync(
        IntacctCredentials credentials,
        string application,
        CancellationToken ct
    )
    {
        var function = ReadRequests.CompanyPreferences(NewControlId(), application);
        var preferences = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var record in await ReadOneAsync(credentials, function, ct).ConfigureAwait(false))
        {
            foreach (var preference in record.Nested("companypref").Prepend(record))
            {
                if (preference["preference"] is { } name)
                    preferences[name] = preference["prefvalue"] ?? "";
            }
        }

        return preferences;
    }

    /// <summary>The currencies of the company's books; null if the answer does not name them.</summary>
    /// <exception cref="IntacctException">The read failed.</exception>
    public async Task<FinancialSetup?> GetFinancialSetupAsync(IntacctCredentials credentials, CancellationToken ct)
    {
        var records = await ReadOneAsync(credentials, ReadRequests.FinancialSetup(NewControlId()), ct)
            .ConfigureAwait(false);
        var found = records
            .SelectMany(r => r.Nested("financialSetup").Prepend(r))
            .FirstOrDefault(r => r.Has("multiCurrency"));
        return found is null ? null : FinancialSetup.From(found);
    }

    /// <summary>
    /// The custom fields of an object: those that a lookup marks so.
    /// </summary>
    /// <param name="credentials">Whose company.</param>
    /// <param name="objectName">For example CUSTOMER.</param>
    /// <param name="definition">The transaction definition whose fields a document of Order Entry has; null for other
    /// objects.</param>
    /// <param name="ct">Stops the read.</param>
    /// <exception cref="IntacctException">The read failed.</exception>
    public async Task<IReadOnlyList<CustomFieldDefinition>> ListCustomFieldsAsync(
        IntacctCredentials credentials,
        string objectName,
        string? definition,
        CancellationToken ct
    )
    {
        var lookup = ReadRequests.Lookup(NewControlId(), objectName, definition);
        var records = await ReadOneAsync(credentials, lookup, ct).ConfigureAwait(false);
        return
        [
            .. records
                .SelectMany(r => r.Nested("Fields.Field").Concat(r.Nested("Type.Fields.Field")))
                .Select(CustomFieldDefinition.Read)
                .OfType<CustomFieldDefinition>(),
        ];
    }

    private async Task<IReadOnlyList<IntacctRecord>> ReadOneAsync(
        IntacctCredentials credentials,
        IntacctFunction function,
        CancellationToken ct
    )
    {
        var response = await ReadAsync(credentials, [function], ct).ConfigureAwait(false);
        return Succeeded(response.Results[0]).Records;
    }
}
