namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>The body of <c>PUT /_sim/books</c>: the last closed day, null = all open.</summary>
internal sealed record BooksForm(DateOnly? ClosedThrough);
