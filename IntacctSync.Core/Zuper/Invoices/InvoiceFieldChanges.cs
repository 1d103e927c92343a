using System.Globalization;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Chooses, field by field, what a write of an invoice carries: what has changed in Zuper since it was last written.
/// What accountants have changed in Intacct meanwhile stays, as long as Zuper does not change it, too. Amounts are one
/// whole, since their sum must be Zuper's: if anything of the lines changes in Zuper, all of them count as changed.
/// </summary>
/// <remarks>
/// A field that is empty in Zuper clears only what the sync has written. The fields of a line are remembered under the
/// number that it has in Intacct, which no line there ever loses. They are names as a comparison has them. Of an
/// invoice that was adopted it is noted what Zuper said then; which line is which in Intacct is not known yet, so the
/// lines are noted in Zuper's order, and a line keeps what it has in Intacct as long as any of those says the same.
/// </remarks>
/// <param name="written">What was last written, or noted.</param>
/// <param name="notesOnly">Whether a field of which nothing is known is noted and not written.</param>
/// <param name="sameFields">Whether the dimensions come from the same fields of Zuper as when they were written: else
/// it is the settings that have nothing for them now, and not Zuper.</param>
public sealed class InvoiceFieldChanges(Fingerprints written, bool notesOnly = false, bool sameFields = true)
{
    /// <summary>
    /// Of how many lines text, item, product and account are remembered, so that a row stays small. Of those of a line
    /// beyond it nothing is known.
    /// </summary>
    private const int RememberedLines = 250;

    /// <summary>
    /// Likewise of their custom fields, in characters of the row: less than half of what it holds, since a write keeps
    /// them twice. Beyond it they are written with each change, and never cleared.
    /// </summary>
    private const int RoomForFields = 56_000;

    /// <summary>What a remembered field takes beside its name.</summary>
    private const int RoomBeside = 18;

    internal const string Term = "term";
    internal const string DueDate = "dueDate";
    internal const string Reference = "reference";
    internal const string Description = "description";
    internal const string Location = "location";
    internal const string Department = "department";
    internal const string Class = "class";
    internal const string Project = "project";

    private const string Lines = "lines";
    private const string Memo = "M";
    private const string Item = "I";
    private const string Product = "P";
    private const string Account = "A";

    /// <summary>Before the number of a line in Intacct, counted from 1.</summary>
    private const char Booked = 'L';

    /// <summary>Before the number of a line in Zuper at an adoption, counted from 1.</summary>
    private const char Noted = 'Z';

    private readonly FieldChanges _changes = new(written, "", "", notesOnly);
    private readonly List<(string? Memo, string? Product)> _known = [.. LinesKnownTo(written, Booked)];
    private readonly int _noted = LinesKnownTo(written, Noted).Count();
    private readonly Dictionary<string, HashSet<string>> _notedHashes = new(StringComparer.Ordinal);
    private readonly Dictionary<InvoiceDraftLine, (string Memo, string Product)> _hashes = new(
        ReferenceEqualityComparer.Instance
    );

    /// <summary>What the row's fingerprints become once the write has landed; null for none.</summary>
    public string? After => _changes.After.ToString() is { Length: > 0 } after ? after : null;

    /// <summary>Of an invoice that is booked.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="draft">As it is mapped now; null while that is not known.</param>
    public static InvoiceFieldChanges Of(KeyMapEntry entry, InvoiceDraft? draft = null) =>
        new(
            FieldChanges.Known(entry),
            FieldChanges.AreNotedNow(entry),
            draft is not null && InvoiceHash.Parse(entry.Hash)?.Fields == draft.Hash.Fields
        );

    /// <summary>The row's fingerprints once an invoice is made.</summary>
    /// <param name="draft">The invoice.</param>
    /// <param name="items">The items of its lines.</param>
    /// <param name="accountOf">The account or label that a kind of line is booked on; null where lines have none of
    /// their own.</param>
    public static string? AfterCreate(
        InvoiceDraft draft,
        IReadOnlyDictionary<InvoiceDraftLine, InvoiceItem>? items = null,
        Func<InvoiceLineKind, string?>? accountOf = null
    )
    {
        var changes = new InvoiceFieldChanges(Fingerprints.None);
        changes.OfInvoice(draft);
        changes.OfHead(draft);
        for (var i = 0; i < draft.Lines.Count; i++)
        {
            var line = draft.Lines[i];
            changes.OfLine(i + 1, line, items?.GetValueOrDefault(line)?.ItemId, account: accountOf?.Invoke(line.Kind));
        }

        return changes.After;
    }

    /// <summary>The row's fingerprints once an invoice that Intacct has is linked to it.</summary>
    /// <param name="draft">The invoice as Zuper has it.</param>
    public static string? AfterAdoption(InvoiceDraft draft)
    {
        var changes = new InvoiceFieldChanges(Fingerprints.None, notesOnly: true);
        changes.OfInvoice(draft);
        changes.OfHead(draft);
        return changes.After;
    }

    /// <summary>
    /// The fingerprints of an invoice that is just as it was last written, which may have been before there were any.
    /// What comes from custom fields stays unknown then, since the settings may name others than they did.
    /// </summary>
    /// <param name="entry">Its row.</param>
    /// <param name="draft">The invoice as it is mapped; asked for where it is needed.</param>
    public static string? OfEqual(KeyMapEntry entry, Func<InvoiceDraft?> draft)
    {
        var known = Fingerprints.Of(entry.Fingerprints);
        if ((entry.Adopted ? !known.IsEmpty : known.Has(Lines)) || draft() is not { } same)
            return entry.Fingerprints;
        if (entry.Adopted)
            return AfterAdoption(same);
        var changes = Of(entry);
        changes.OfInvoice(
            same with
            {
                LocationId = null,
                DepartmentId = null,
                ClassId = null,
                ProjectId = null,
                Lines = [.. same.Lines.Select(l => l with { CustomFields = CustomFieldXml.None })],
            }
        );
        return changes.After;
    }

    /// <summary>Which of its fields are to be written, the custom ones left aside.</summary>
    /// <param name="draft">As Zuper has it.</param>
    /// <param name="bookedTotal">Its total in Intacct. Where it is not known what the lines were, they have changed if
    /// that is another one.</param>
    public InvoiceChanges OfInvoice(InvoiceDraft draft, decimal? bookedTotal = null)
    {
        IsDue("total", ComparedRecord.Text(draft.Total));
        var lineFields = false;
        foreach (var name in draft.Lines.SelectMany(l => l.CustomFields.Keys).Distinct(StringComparer.Ordinal))
        {
            var values = Together(draft.Lines.Select(l => l.CustomFields.GetValueOrDefault(name)));
            lineFields |= _changes.Take(CustomFieldXml.Remembered(OfLines(name)), values) is not null;
        }

        var lines = IsDue(Lines, TextOf(draft)) || (notesOnly && bookedTotal is { } total && total != draft.Total);
        if (notesOnly && !lines)
            Note(draft.Lines);
        return new InvoiceChanges(
            IsDue("date", ComparedRecord.Text(draft.Date)),
            IsDue(DueDate, ComparedRecord.Text(draft.DueDate)),
            IsDue(Term, draft.TermName),
            IsDue(Reference, draft.ReferenceNo),
            IsDue(Description, draft.Description),
            IsDue(Location, draft.LocationId),
            IsDue(Department, draft.DepartmentId),
            IsDue(Class, draft.ClassId),
            IsDue(Project, draft.ProjectId),
            lines,
            lineFields
        );
    }

    /// <summary>
    /// Whether a field that Zuper has emptied still is in Intacct as it was written from Zuper.
    /// </summary>
    /// <param name="field">Its name.</param>
    /// <param name="value">As Zuper has it.</param>
    /// <param name="booked">As Intacct has it.</param>
    public bool IsEmptied(string field, string? value, string? booked) =>
        string.IsNullOrEmpty(value)
        && !string.IsNullOrEmpty(booked)
        && (sameFields || field is not (Location or Department or Class or Project))
        && _changes.Wrote(field, booked);

    /// <summary>What a field becomes in Intacct; null where it stays, and empty where it is emptied.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="isDue">Whether Zuper has another value for it than was last written.</param>
    /// <param name="value">As Zuper has it.</param>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="usual">What it is where Zuper has nothing for it; null for nothing.</param>
    public string? Change(string field, bool isDue, string? value, string? booked, string? usual = null)
    {
        var wanted =
            isDue ? value
            : IsEmptied(field, value, booked) ? usual ?? ""
            : booked;
        return wanted == booked ? null : wanted;
    }

    /// <summary>The custom fields of the invoice itself.</summary>
    public IReadOnlyDictionary<string, string?> OfHead(InvoiceDraft draft) =>
        CustomFieldXml.Choose(draft.CustomFields, _changes.Take);

    /// <summary>What of a line is to be written beside its amount, where the lines have changed.</summary>
    /// <param name="number">The number that the line has in Intacct, counted from 1, or gets when it is added.</param>
    /// <param name="line">As it is mapped.</param>
    /// <param name="itemId">Its item; null for none.</param>
    /// <param name="added">Whether Intacct has no such line yet: all of it is new.</param>
    /// <param name="account">The account or label that it gets, which is remembered for comparisons alone; null where
    /// it keeps what it has.</param>
    public InvoiceLineChanges OfLine(
        int number,
        InvoiceDraftLine line,
        string? itemId,
        bool added = false,
        string? account = null
    )
    {
        var prefix = PrefixOf(number);
        var custom = OfLine(number, line.CustomFields, added);
        Forget(line.CustomFields.Keys);
        if (number > RememberedLines)
            return new InvoiceLineChanges(Memo: true, Item: true, custom);
        var product = ProductOf(line);
        IsDue(prefix + Product, product);
        if (account is not null)
            _changes.Take(prefix + Account, AccountKey(account));
        return new InvoiceLineChanges(
            IsDue(prefix + Memo, line.Memo) && !IsNoted(number, Memo, line.Memo),
            IsDue(prefix + Item, itemId) && !IsNoted(number, Product, product),
            custom
        );
    }

    /// <summary>The custom fields of a line.</summary>
    /// <param name="number">The number that the line has in Intacct, counted from 1, or gets when it is added.</param>
    /// <param name="fields">As they are mapped.</param>
    /// <param name="added">Whether Intacct has no such line yet.</param>
    public IReadOnlyDictionary<string, string?> OfLine(
        int number,
        IReadOnlyDictionary<string, string?> fields,
        bool added = false
    )
    {
        var line = PrefixOf(number);
        if (number * fields.Keys.Sum(name => name.Length + RoomBeside) <= RoomForFields)
            return CustomFieldXml.Choose(
                fields,
                (name, value) =>
                    _changes.Take(line + name, value) is { } due && (added || !IsNoted(number, name, due)) ? due : null
            );
        foreach (var name in fields.Keys)
            _changes.LetGo(line + CustomFieldXml.Remembered(name));
        return CustomFieldXml.WithoutBlanks(fields);
    }

    /// <summary>
    /// How sure it is that a line was last written under that number, whatever it says there by now: 2 for its text, 1
    /// for its product, 3 for both, 0 for neither. A line that Zuper had at an adoption may be any that Intacct had
    /// then.
    /// </summary>
    public int Wrote(int number, InvoiceDraftLine line)
    {
        if (number > _known.Count)
            return IsNoted(number, Memo, line.Memo) ? 1 : 0;
        if (!_hashes.TryGetValue(line, out var hash))
            _hashes[line] = hash = (Fingerprints.Hash(line.Memo), Fingerprints.Hash(ProductOf(line)));
        var (memo, product) = _known[number - 1];
        return (memo == hash.Memo ? 2 : 0) + (product == hash.Product ? 1 : 0);
    }

    /// <summary>Notes the lines as Zuper has them.</summary>
    private void Note(IReadOnlyList<InvoiceDraftLine> lines)
    {
        var room = RoomForFields / 4;
        for (var i = 0; i < Math.Min(lines.Count, RememberedLines); i++)
        {
            var prefix = PrefixOf(i + 1, Noted);
            _changes.Take(prefix + Memo, lines[i].Memo);
            _changes.Take(prefix + Product, ProductOf(lines[i]));
            foreach (var (name, value) in lines[i].CustomFields.Where(f => !string.IsNullOrEmpty(f.Value)))
            {
                if ((room -= name.Length + RoomBeside) >= 0)
                    _changes.Take(prefix + CustomFieldXml.Remembered(name), value);
            }
        }
    }

    /// <summary>Once the lines are written they are known by their numbers in Intacct.</summary>
    private void Forget(IEnumerable<string> customFields)
    {
        foreach (var part in customFields.Select(CustomFieldXml.Remembered).Prepend(Memo).Prepend(Product))
        {
            for (var number = 1; number <= _noted; number++)
                _changes.LetGo(PrefixOf(number, Noted) + part);
        }
    }

    /// <summary>
    /// Whether nothing is known of that line in Intacct, and any line of Zuper said so at the adoption.
    /// </summary>
    private bool IsNoted(int number, string part, string value)
    {
        if (_noted == 0 || written.Has(PrefixOf(number) + part))
            return false;
        if (!_notedHashes.TryGetValue(part, out var hashes))
            _notedHashes[part] = hashes = Enumerable
                .Range(1, _noted)
                .Select(n => written.Last(PrefixOf(n, Noted) + part))
                .OfType<string>()
                .ToHashSet(StringComparer.Ordinal);
        return hashes.Contains(Fingerprints.Hash(value));
    }

    /// <summary>What the lines were last written with, until the first of which nothing is known.</summary>
    private static IEnumerable<(string? Memo, string? Product)> LinesKnownTo(Fingerprints written, char kind)
    {
        for (var number = 1; number <= RememberedLines; number++)
        {
            var prefix = PrefixOf(number, kind);
            var (memo, product) = (written.Last(prefix + Memo), written.Last(prefix + Product));
            if (memo is null && product is null)
                yield break;
            yield return (memo, product);
        }
    }

    /// <summary>What all lines have in a custom field, as one field of the invoice.</summary>
    internal static string OfLines(string name) => "lines." + name;

    /// <summary>
    /// Their values in the order of the text, since the lines may be in another order on the other side.
    /// </summary>
    internal static string Together(IEnumerable<string?> values) =>
        string.Join("; ", values.Where(v => !string.IsNullOrEmpty(v)).Order(StringComparer.Ordinal));

    private static string PrefixOf(int number, char kind = Booked) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}{number}/");

    /// <summary>What was last written to a line of Intacct, as hashes; null where nothing is known.</summary>
    /// <param name="number">Its number there, counted from 1.</param>
    /// <param name="written">The row's fingerprints.</param>
    internal static (string? Memo, string? Item, string? Product, string? Account) WrittenTo(
        int number,
        Fingerprints written
    )
    {
        var prefix = PrefixOf(number);
        return (
            written.Last(prefix + Memo),
            written.Last(prefix + Item),
            written.Last(prefix + Product),
            written.Last(prefix + Account)
        );
    }

    /// <summary>An account or label as it is remembered: Intacct shows it in its own spelling.</summary>
    internal static string AccountKey(string account) => account.Trim().ToUpperInvariant();

    internal static string ProductOf(InvoiceDraftLine line) => line.ProductUid ?? line.ProductId ?? "";

    private bool IsDue(string field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            return _changes.Take(field, value) is not null;
        _changes.LetGo(field);
        return false;
    }

    /// <summary>All that makes the amounts. A rounding of nothing is as good as none.</summary>
    private static string TextOf(InvoiceDraft draft) =>
        string.Join(
            '\n',
            draft
                .Lines.Where(l => l is not { Kind: InvoiceLineKind.Rounding, Amount: 0 })
                .Select(l =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{l.Kind}|{ProductOf(l)}|{l.Amount:0.00}|{l.Quantity:0.######}|{l.UnitPrice:0.######}"
                            + $"|{l.DiscountPercent:0.####}|{l.Memo}"
                    )
                )
        );
}
