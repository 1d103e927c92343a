using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.CustomFields;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow;

/// <summary>What the fields of a connection's form can be chosen from.</summary>
internal sealed class UpflowChoices(UpflowClient upflow)
{
    public const string Instruments = "instruments";
    public const string Entities = "locations";

    public IReadOnlyList<ChoiceList> All =>
        [
            IntacctChoices.Locations,
            IntacctChoices.Currencies,
            IntacctChoices.BankAccounts,
            IntacctChoices.Accounts,
            IntacctChoices.PaymentMethods,
            new(
                Instruments,
                "payment instruments",
                (_, _) =>
                    Task.FromResult<IReadOnlyList<FieldChoice>>([
                        .. UpflowInstruments.All.Select(i => new FieldChoice(i, i)),
                    ])
            ),
            .. CustomFieldKind.All.SelectMany(Of),
        ];

    /// <summary>The names of both lists of a kind: Intacct's fields, and Upflow's.</summary>
    public static (string Intacct, string Upflow) NamesOf(CustomFieldKind kind) =>
        ($"intacct-{kind.Entity}", $"upflow-{kind.Entity}");

    private IEnumerable<ChoiceList> Of(CustomFieldKind kind)
    {
        var (intacct, own) = NamesOf(kind);
        yield return IntacctChoices.CustomFields(
            intacct,
            $"custom fields of {PlainWords.Object(kind.Object)} in Intacct",
            kind.Object
        );
        yield return new ChoiceList(
            own,
            $"custom fields of {kind.Entity.ToLowerInvariant().Replace('_', ' ')}s in Upflow",
            async (look, cancellationToken) =>
                [
                    .. (await upflow.ListCustomFieldsAsync(look.Access.Upflow(), cancellationToken))
                        .Where(f => f.Entity is null || f.Entity == kind.Entity)
                        .Select(f => new FieldChoice(f.Name, f.Name)),
                ]
        );
    }
}
