using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class InvoiceFieldChangesTests
{
    [Fact]
    public void What_was_written_is_not_written_again_and_what_changed_is()
    {
        var made = InvoiceFieldChanges.AfterCreate(Draft(("CREW", "Blue"), ("REGION", "")));
        var changes = Of(made);
        Assert.Empty(changes.OfHead(Draft(("CREW", "Blue"), ("REGION", ""))));
        Assert.Equal(made, changes.After);
        Assert.Equal([("CREW", "Red")], Pairs(Of(made).OfHead(Draft(("CREW", "Red"), ("REGION", "")))));
    }

    [Fact]
    public void A_field_is_cleared_only_where_it_was_written()
    {
        var made = InvoiceFieldChanges.AfterCreate(Draft(("CREW", "Blue")));
        var changes = Of(made);
        Assert.Equal([("CREW", "")], Pairs(changes.OfHead(Draft(("CREW", ""), ("REGION", "")))));
        Assert.DoesNotContain("CREW", changes.After, StringComparison.Ordinal);
        Assert.Empty(Of(changes.After).OfHead(Draft(("CREW", ""))));
    }

    [Fact]
    public void The_fields_of_lines_are_remembered_by_the_lines_number()
    {
        var draft = Draft() with { Lines = [Line("2"), Line(""), Line("5")] };
        var made = InvoiceFieldChanges.AfterCreate(draft);
        Assert.Empty(Of(made).OfLine(1, Line("2").CustomFields));
        Assert.Equal([("HOURS", "5")], Pairs(Of(made).OfLine(2, Line("5").CustomFields)));
        Assert.Empty(Of(made).OfLine(2, Line("").CustomFields));
        Assert.Equal([("HOURS", "")], Pairs(Of(made).OfLine(3, Line("").CustomFields)));
    }

    [Fact]
    public void Of_an_invoice_that_was_linked_by_hand_what_Zuper_says_is_noted_and_not_written()
    {
        var entry = Some.Row(ZuperFlows.Invoices, "uid", "51") with { Adopted = true, Hash = null };
        var draft = Draft(("CREW", "Blue")) with { Description = "March", DepartmentId = "SVC" };
        var changes = InvoiceFieldChanges.Of(entry);
        Assert.Equal(None, changes.OfInvoice(draft, draft.Total));
        Assert.Empty(changes.OfHead(draft));
        Assert.Equal(None with { Lines = true }, InvoiceFieldChanges.Of(entry).OfInvoice(draft, draft.Total + 1));

        var after = Of(changes.After);
        Assert.Equal(None with { Description = true }, after.OfInvoice(draft with { Description = "April" }));
        Assert.Equal([("CREW", "Red")], Pairs(after.OfHead(Draft(("CREW", "Red")))));
    }

    [Fact]
    public void Of_the_lines_of_an_adopted_invoice_only_those_that_say_something_new_are_written()
    {
        var (labor, filter) = (Line("2") with { ProductUid = "p-1" }, Line("") with { Memo = "Filter" });
        var adopted = InvoiceFieldChanges.AfterAdoption(Draft() with { Lines = [labor, filter] });
        Assert.False(Of(adopted).OfInvoice(Draft() with { Lines = [labor, filter] }).Lines);

        // Which line in Intacct is which is not known: in either place it keeps what it has.
        Assert.Equal((false, false), DueOf(Of(adopted).OfLine(2, labor, "I-1")));
        Assert.Equal((true, false), DueOf(Of(adopted).OfLine(1, filter with { Memo = "Filters" }, null)));
        Assert.Empty(Of(adopted).OfLine(1, labor.CustomFields));
        Assert.Equal([("HOURS", "3")], Pairs(Of(adopted).OfLine(1, Line("3").CustomFields)));

        var written = Of(adopted);
        written.OfLine(1, labor, "I-1");
        written.OfLine(2, filter, null);
        Assert.DoesNotContain("Z1/", written.After, StringComparison.Ordinal);
        Assert.Equal((true, false), DueOf(Of(written.After).OfLine(2, labor with { ProductUid = null }, null)));
    }

    [Fact]
    public void A_dimension_is_not_emptied_because_the_settings_take_it_from_another_field_now()
    {
        var draft = Draft() with
        {
            LocationId = "100",
            Description = "March",
            Hash = new InvoiceHash("i", "c", "f", "d"),
        };
        var entry = Some.Row(ZuperFlows.Invoices, "uid", "51") with
        {
            Hash = draft.Hash.ToString(),
            Fingerprints = InvoiceFieldChanges.AfterCreate(draft),
        };
        var same = InvoiceFieldChanges.Of(entry, draft);
        Assert.True(same.IsEmptied(InvoiceFieldChanges.Location, null, "100"));
        var other = InvoiceFieldChanges.Of(entry, draft with { Hash = draft.Hash with { Fields = "other" } });
        Assert.False(other.IsEmptied(InvoiceFieldChanges.Location, null, "100"));
        Assert.True(other.IsEmptied(InvoiceFieldChanges.Description, null, "March"));
    }

    [Fact]
    public void A_line_that_is_added_to_an_adopted_invoice_is_written_whole()
    {
        var adopted = InvoiceFieldChanges.AfterAdoption(Draft() with { Lines = [Line("2")] });
        Assert.Empty(Of(adopted).OfLine(1, Line("2").CustomFields));
        Assert.Equal([("HOURS", "2")], Pairs(Of(adopted).OfLine(2, Line("2").CustomFields, added: true)));
    }

    [Fact]
    public void A_field_that_Zuper_emptied_is_emptied_where_it_still_is_as_it_was_written()
    {
        var changes = Of(InvoiceFieldChanges.AfterCreate(Draft() with { Description = "March" }));
        Assert.True(changes.IsEmptied(InvoiceFieldChanges.Description, null, "March"));
        Assert.False(changes.IsEmptied(InvoiceFieldChanges.Description, null, "By hand"));
        Assert.False(changes.IsEmptied(InvoiceFieldChanges.Description, "April", "March"));
        Assert.False(changes.IsEmptied(InvoiceFieldChanges.Reference, null, "PO 1"));
    }

    [Fact]
    public void Only_what_has_changed_in_Zuper_is_due_and_what_is_empty_there_is_not()
    {
        var draft = Draft() with { Description = "March", DepartmentId = "SVC", ReferenceNo = "PO 1" };
        var changes = Of(InvoiceFieldChanges.AfterCreate(draft));
        Assert.Equal(None, changes.OfInvoice(draft));
        Assert.Equal(
            None with
            {
                Description = true,
                DueDate = true,
                Location = true,
            },
            changes.OfInvoice(
                draft with
                {
                    Description = "April",
                    DueDate = new DateOnly(2026, 5, 1),
                    LocationId = "100",
                    ReferenceNo = null,
                }
            )
        );
        Assert.Equal(
            None with
            {
                Reference = true,
            },
            Of(changes.After).OfInvoice(draft with { Description = "April", DueDate = new DateOnly(2026, 5, 1) })
        );
    }

    [Fact]
    public void Any_change_of_a_line_makes_all_amounts_due_and_its_own_texts_alone()
    {
        var (labor, filter) = (Line("") with { ProductUid = "p-1" }, Line("") with { Memo = "Filter" });
        var draft = Draft() with { Lines = [labor, filter] };
        var made = InvoiceFieldChanges.AfterCreate(draft);
        foreach (
            var lines in new InvoiceDraftLine[][]
            {
                [labor with { Amount = 11 }, filter],
                [labor, filter with { Memo = "Filters" }],
                [labor, filter with { Quantity = 2 }],
                [filter, labor],
                [labor],
                [labor, filter, filter],
            }
        )
            Assert.True(Of(made).OfInvoice(draft with { Lines = lines }).Lines);
        var rounding = new InvoiceDraftLine(InvoiceLineKind.Rounding, 0, "Rounding");
        Assert.False(Of(made).OfInvoice(draft with { Lines = [labor, filter, rounding] }).Lines);

        Assert.Equal((false, true), DueOf(Of(made).OfLine(1, labor, "I-1")));
        Assert.Equal((true, false), DueOf(Of(made).OfLine(2, filter with { Memo = "Filters" }, null)));
        Assert.Equal(
            (3, 1, 0),
            (Of(made).Wrote(1, labor), Of(made).Wrote(1, labor with { Memo = "x" }), Of(made).Wrote(1, filter))
        );
        Assert.Equal((true, true), DueOf(Of(made).OfLine(251, filter, null)));
    }

    [Fact]
    public void However_many_fields_the_lines_have_a_row_and_its_write_hold_them()
    {
        var fields = Some.CustomFields([.. Enumerable.Range(0, 4).Select(i => ($"WORKED_HOURS_{i}", "2"))]);
        var line = Line("") with { CustomFields = fields, ProductUid = "p-1" };
        var draft = Draft() with { Lines = [.. Enumerable.Range(0, 900).Select(i => line with { Memo = $"{i}" })] };
        var items = draft.Lines.ToDictionary(l => l, _ => new InvoiceItem("FLT-16", "Each"));
        var made = InvoiceFieldChanges.AfterCreate(draft, items, _ => "4000")!;
        Assert.Contains("L250/A=", made, StringComparison.Ordinal);
        Assert.InRange(made.Length, 10_000, 70_000);
        Assert.Empty(Of(made).OfLine(1, fields));
        Assert.Equal(4, Of(made).OfLine(900, fields).Count);
        Assert.Empty(Of(made).OfLine(900, Line("").CustomFields));
    }

    [Fact]
    public void The_account_of_a_line_is_remembered_where_it_is_written_and_makes_nothing_due()
    {
        var line = Line("");
        var draft = Draft() with { Lines = [line] };
        var before = Fingerprints.Of(InvoiceFieldChanges.AfterCreate(draft));
        var made = Fingerprints.Of(InvoiceFieldChanges.AfterCreate(draft, accountOf: _ => " Service"));
        Assert.Null(InvoiceFieldChanges.WrittenTo(1, before).Account);
        Assert.Equal(Fingerprints.Hash("SERVICE"), InvoiceFieldChanges.WrittenTo(1, made).Account);
        foreach (var known in new[] { before, made })
        {
            var changes = new InvoiceFieldChanges(known);
            Assert.Equal(None, changes.OfInvoice(draft));
            Assert.Equal((false, false), DueOf(changes.OfLine(1, line, null)));
            Assert.Equal(known.ToString(), changes.After);
        }

        var moved = new InvoiceFieldChanges(made);
        Assert.Equal((false, false), DueOf(moved.OfLine(1, line, null, account: "4010")));
        Assert.Equal(Fingerprints.Hash("4010"), InvoiceFieldChanges.WrittenTo(1, Fingerprints.Of(moved.After)).Account);
    }

    [Fact]
    public void What_is_equal_is_remembered_but_for_what_comes_from_custom_fields()
    {
        var entry = Some.Row(ZuperFlows.Invoices, "uid", "51");
        var draft = Draft() with { Description = "March", DepartmentId = "SVC" };
        var known = InvoiceFieldChanges.OfEqual(entry, () => draft);
        Assert.Equal(None with { Department = true }, Of(known).OfInvoice(draft));
        Assert.Equal(known, InvoiceFieldChanges.OfEqual(entry with { Fingerprints = known }, () => null));
        var adopted = InvoiceFieldChanges.OfEqual(entry with { Adopted = true }, () => draft);
        Assert.Equal(None, Of(adopted).OfInvoice(draft));
    }

    [Fact]
    public void The_hash_changes_with_a_field_that_is_carried_and_not_with_the_map_or_a_product()
    {
        var (none, carrying) = (Some.BookingSettings(), Carrying);
        var line = Some.InvoiceLine("Tune-up", 1, 129) with { CustomFieldsKnown = true };
        var plain = Some.Invoice(129, line);
        var crew = plain with { CustomFields = [new ZuperCustomField("Crew", "Blue")] };
        var unreadable = plain with { CustomFields = [new ZuperCustomField("Crew", "") { Unreadable = "{}" }] };
        var hours = plain with { Lines = [line with { CustomFields = [new ZuperCustomField("Hours", "2")] }] };
        var product = plain with { Lines = [line with { ProductFields = [new ZuperCustomField("Hours", "2")] }] };

        Assert.True(InvoiceHash.Of(plain, none).Covers(InvoiceHash.Of(crew, none)));
        Assert.True(InvoiceHash.Of(crew, none).Covers(InvoiceHash.Of(crew, carrying)));
        Assert.False(InvoiceHash.Of(plain, carrying).Covers(InvoiceHash.Of(crew, carrying)));
        Assert.False(InvoiceHash.Of(plain, carrying).Covers(InvoiceHash.Of(unreadable, carrying)));
        Assert.False(InvoiceHash.Of(plain, carrying).Covers(InvoiceHash.Of(hours, carrying)));
        Assert.True(InvoiceHash.Of(plain, carrying).Covers(InvoiceHash.Of(product, carrying)));
    }

    private static ZuperConnectionSettings Carrying =>
        Some.BookingSettings() with
        {
            CustomFields = new()
            {
                Invoices = new Dictionary<string, string>(StringComparer.Ordinal) { ["Crew"] = "CREW" },
                InvoiceLines = new Dictionary<string, string>(StringComparer.Ordinal) { ["Hours"] = "HOURS" },
            },
        };

    private static InvoiceChanges None { get; } =
        new(false, false, false, false, false, false, false, false, false, false, false);

    private static (bool Memo, bool Item) DueOf(InvoiceLineChanges line) => (line.Memo, line.Item);

    private static InvoiceFieldChanges Of(string? fingerprints) => new(Fingerprints.Of(fingerprints));

    private static InvoiceDraft Draft(params (string Name, string Value)[] fields) =>
        Some.InvoiceDraft() with
        {
            CustomFields = Some.CustomFields(fields),
        };

    private static InvoiceDraftLine Line(string hours) =>
        new(InvoiceLineKind.Item, 10, "Visit") { CustomFields = Some.CustomFields(("HOURS", hours)) };

    private static IEnumerable<(string, string?)> Pairs(IReadOnlyDictionary<string, string?> fields) =>
        fields.Select(f => (f.Key, f.Value));
}
