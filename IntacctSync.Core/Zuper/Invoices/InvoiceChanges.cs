namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Which fields of an invoice have changed in Zuper since they were last written.</summary>
/// <param name="Date">As are the next eight, false where Zuper has nothing.</param>
/// <param name="DueDate">The due date.</param>
/// <param name="Term">The term that Zuper names.</param>
/// <param name="Reference">The reference number.</param>
/// <param name="Description">The description.</param>
/// <param name="Location">Of all lines, as are the next three.</param>
/// <param name="Department">The department.</param>
/// <param name="Class">The class.</param>
/// <param name="Project">The project.</param>
/// <param name="Lines">Anything of the lines: their amounts are written then.</param>
/// <param name="LineFields">A custom field of any line.</param>
public sealed record InvoiceChanges(
    bool Date,
    bool DueDate,
    bool Term,
    bool Reference,
    bool Description,
    bool Location,
    bool Department,
    bool Class,
    bool Project,
    bool Lines,
    bool LineFields
);

/// <summary>Which fields of a line have changed in Zuper since they were last written.</summary>
/// <param name="Memo">What a person reads on it.</param>
/// <param name="Item">Its item.</param>
/// <param name="CustomFields">Those custom fields, by integration name.</param>
public sealed record InvoiceLineChanges(bool Memo, bool Item, IReadOnlyDictionary<string, string?> CustomFields);
