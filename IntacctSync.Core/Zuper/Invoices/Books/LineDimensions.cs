namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>The dimensions of a line of an invoice, each the id of a record in Intacct.</summary>
/// <param name="Location">LOCATIONID.</param>
/// <param name="Department">DEPARTMENTID.</param>
/// <param name="Class">CLASSID.</param>
/// <param name="Project">PROJECTID.</param>
internal sealed record LineDimensions(string? Location, string? Department, string? Class, string? Project)
{
    public static LineDimensions None { get; } = new(null, null, null, null);

    /// <summary>
    /// What those of a line in Intacct become, since each line gets the dimensions of its invoice; null for each that
    /// stays. Pure.
    /// </summary>
    /// <param name="draft">As Zuper has it.</param>
    /// <param name="usual">What a new line gets: where Zuper has nothing, what the settings have.</param>
    /// <param name="booked">The line in Intacct.</param>
    /// <param name="due">What has changed in Zuper.</param>
    /// <param name="changes">What was last written.</param>
    public static LineDimensions Due(
        InvoiceDraft draft,
        LineDimensions usual,
        BookedLine booked,
        InvoiceChanges due,
        InvoiceFieldChanges changes
    ) =>
        new(
            changes.Change(
                InvoiceFieldChanges.Location,
                due.Location,
                draft.LocationId,
                booked.LocationId,
                usual.Location
            ),
            changes.Change(
                InvoiceFieldChanges.Department,
                due.Department,
                draft.DepartmentId,
                booked.DepartmentId,
                usual.Department
            ),
            changes.Change(InvoiceFieldChanges.Class, due.Class, draft.ClassId, booked.ClassId, usual.Class),
            changes.Change(InvoiceFieldChanges.Project, due.Project, draft.ProjectId, booked.ProjectId, usual.Project)
        );
}
