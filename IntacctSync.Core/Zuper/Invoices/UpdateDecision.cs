using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>What is to be done for an invoice that has changed in Zuper, from what that takes in Intacct.</summary>
internal abstract record UpdateDecision
{
    private UpdateDecision() { }

    /// <summary>Intacct has it so already.</summary>
    public sealed record Unchanged : UpdateDecision;

    public sealed record Update(Func<ControlId, IntacctFunction> Build) : UpdateDecision;

    /// <summary>It is reversed, and then made anew.</summary>
    /// <param name="Cause">What has changed that Intacct has no update for.</param>
    public sealed record Replace(string Cause) : UpdateDecision;

    public sealed record Fail(Failure Failure) : UpdateDecision;

    /// <summary>Pure.</summary>
    /// <param name="change">What it takes.</param>
    /// <param name="booked">As Intacct has it; null where Intacct has it no longer.</param>
    /// <param name="entry">Its row.</param>
    /// <param name="recreate">Whether the settings let invoices be made anew.</param>
    /// <param name="age">How long ago the change was first seen.</param>
    public static UpdateDecision For(
        InvoiceChange change,
        BookedInvoice booked,
        KeyMapEntry entry,
        bool recreate,
        TimeSpan age
    ) =>
        change switch
        {
            InvoiceChange.None => new Unchanged(),
            InvoiceChange.Write write => new Update(write.Build),
            InvoiceChange.WithoutUpdate other when recreate && IsOurs(entry) && IsReplaceable(booked) => new Replace(
                other.What
            ),
            InvoiceChange.WithoutUpdate other => Needs(InvoiceLimits.Choice(other, booked)),
            InvoiceChange.Reject reject => Needs(reject.Problem),
            InvoiceChange.Unclear => new Fail(InvoiceLimits.Unclear(booked, age)),
            _ => throw new InvalidOperationException($"There is no decision for {change}."),
        };

    /// <summary>Of an invoice that Intacct has no longer.</summary>
    public static Fail Gone(KeyMapEntry entry) =>
        Needs(
            new Problem(
                "invoice-gone",
                $"Its invoice {entry.TargetId} ({entry.NaturalKey}) is no longer in Intacct. What somebody "
                    + $"deleted there is not made again by itself.",
                "Link the record to the invoice that took its place; or cancel it in Zuper if it is no longer "
                    + "owed; or ignore it."
            )
        );

    /// <summary>
    /// An invoice that somebody else has made is never reversed for one of ours, though it was written since.
    /// </summary>
    private static bool IsOurs(KeyMapEntry entry) => entry is { IsOwn: true, Adopted: false, Hash: not null };

    private static bool IsReplaceable(BookedInvoice booked) =>
        booked is { HasPayments: false, MadeByOrderEntry: false };

    private static Fail Needs(Problem problem) => new(new Failure(FailureClass.Data, problem));
}
