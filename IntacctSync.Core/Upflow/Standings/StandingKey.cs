using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// Names of the documents and links of one record: short ones for its row, and the external ids made of them. The same
/// thing always has the same name, so that sending it twice is sending it once. Pure.
/// </summary>
internal static class StandingKey
{
    /// <summary>The record's main document: the payment, or the credit note.</summary>
    public const string Main = "M";

    /// <summary>The refund that takes the main document back, and the link of it.</summary>
    public const string Reversal = "R";

    private const char Separator = '_';
    private const string Payments = "P";
    private const string CreditNotes = "C";

    /// <summary>The link by which the main document pays a receivable.</summary>
    /// <param name="receivable">The receivable, by its source id; so in the others.</param>
    public static string Applied(string receivable) => $"{Main}{Separator}{receivable}";

    /// <summary>The link by which another record's document pays a receivable, applied by this record.</summary>
    /// <param name="credit">The other record.</param>
    /// <param name="receivable">As above.</param>
    public static string Applied(ParentKey credit, string receivable) =>
        $"{LetterOf(credit)}{Separator}{credit.SourceId}{Separator}{receivable}";

    /// <summary>A credit note that the record makes for one receivable, and the link of it: a discount.</summary>
    public static string Discount(string receivable) => $"D{Separator}{receivable}";

    /// <summary>
    /// A credit note for what a receivable was given by a credit that is not in Upflow, and the link of it.
    /// </summary>
    public static string FromElsewhere(string receivable) => $"E{Separator}{receivable}";

    /// <summary>
    /// A refund for what a credit gave to receivables that are not in Upflow, and the link of it.
    /// </summary>
    /// <param name="credit">The record that the credit is.</param>
    public static string UsedElsewhere(ParentKey credit) =>
        $"U{Separator}{LetterOf(credit)}{Separator}{credit.SourceId}";

    /// <summary>What a document is, by its key.</summary>
    /// <param name="key">As above.</param>
    /// <param name="main">What the record's main document is.</param>
    public static UpflowKind KindOf(string key, UpflowKind main) =>
        key[0] switch
        {
            'M' => main,
            'R' or 'U' => UpflowKind.Refund,
            _ => UpflowKind.CreditNote,
        };

    /// <summary>Whether a link is one of the main document.</summary>
    public static bool IsOfMain(string key) =>
        key == Reversal || key.StartsWith($"{Main}{Separator}", StringComparison.Ordinal);

    /// <summary>The records, but for its own, whose open amounts a link takes up, by its key.</summary>
    public static IEnumerable<ParentKey> EndsOf(string key)
    {
        var words = key.Split(Separator);
        if (words[0] == "U")
            words = words[1..];
        var credit = words[0] switch
        {
            Payments => UpflowFlows.Payments,
            CreditNotes => UpflowFlows.CreditNotes,
            _ => (FlowName?)null,
        };
        if (credit is { } flow)
            yield return new ParentKey(flow, words[1]);
        if (words.Length > (credit is null ? 1 : 2))
            yield return new ParentKey(UpflowFlows.Invoices, words[^1]);
    }

    /// <summary>
    /// The external id of a document or link. Letters, digits, - and _ only, so that it can stand in a path.
    /// </summary>
    /// <param name="record">The external id of the record.</param>
    /// <param name="key">The key within it.</param>
    public static string ExternalId(string record, string key) => key == Main ? record : $"{record}{Separator}{key}";

    /// <summary>The record and the key that such an id is made of; null for another text. Pure.</summary>
    public static (string Record, string Key)? Parse(string? externalId)
    {
        if (externalId is not { Length: > 0 })
            return null;
        var words = externalId.Split(Separator, 2);
        return (words[0], words.Length > 1 ? words[1] : Main);
    }

    private static string LetterOf(ParentKey credit) => credit.Flow == UpflowFlows.CreditNotes ? CreditNotes : Payments;
}
