using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>What it takes to make a booked invoice what Zuper has.</summary>
internal abstract record InvoiceChange
{
    private InvoiceChange() { }

    /// <summary>It is so already.</summary>
    public sealed record None : InvoiceChange;

    public sealed record Write(Func<ControlId, IntacctFunction> Build) : InvoiceChange;

    /// <summary>Intacct has no update for it: the invoice can only be reversed and made anew.</summary>
    /// <param name="Code">Of the problem that a person is told.</param>
    /// <param name="What">What has changed.</param>
    public sealed record WithoutUpdate(string Code, string What) : InvoiceChange;

    /// <summary>The lines that were read do not make the sum of the invoice.</summary>
    public sealed record Unclear : InvoiceChange;

    public sealed record Reject(Problem Problem) : InvoiceChange;
}
