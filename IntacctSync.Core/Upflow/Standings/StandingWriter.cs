using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// Carries out steps, one call each. The row says before each call what may stand after it, and after the answer what
/// does; so nothing that stands is ever forgotten. Every call may be sent again and comes to the same.
/// </summary>
public sealed class StandingWriter(UpflowClient upflow, AppWriter writer, TimeProvider time)
{
    /// <summary>
    /// So many steps of a record go together: what has begun is finished from the share of live changes. Else it would
    /// wait half done, and be read again.
    /// </summary>
    private const int MostAtOnce = 4;

    /// <summary>
    /// Carries out steps of several records: side by side for different customers, one after the other for the same. A
    /// record whose step fails ends there, and the others go on.
    /// </summary>
    /// <param name="works">The records that are still open.</param>
    /// <param name="steps">Says which steps are due for one.</param>
    /// <param name="cancellationToken">Stops before the next record.</param>
    internal async Task WriteAsync(
        IEnumerable<StandingWork> works,
        Func<StandingWork, IReadOnlyList<StandingStep>> steps,
        CancellationToken cancellationToken
    )
    {
        var due = works.Where(w => w.IsOpen).Select(w => (Work: w, Steps: steps(w))).Where(w => w.Steps.Count > 0);
        var groups = due.GroupBy(w => w.Work.Customer, StringComparer.OrdinalIgnoreCase).ToList();
        var outcomes = new List<(StandingWork Work, WriteOutcome Outcome)>[groups.Count];
        await Parallel.ForAsync(
            0,
            groups.Count,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = UpflowClient.MostAtOnce,
                CancellationToken = cancellationToken,
            },
            async (i, token) =>
            {
                outcomes[i] = [];
                foreach (var (work, itsSteps) in groups[i])
                    outcomes[i].Add((work, await WriteAsync(work, itsSteps, token)));
            }
        );
        foreach (var (work, outcome) in outcomes.SelectMany(o => o))
        {
            work.Records.Take([outcome]);
            if (outcome.Failure is not null)
                await work.Records.SaveAsync([outcome.Entry], CancellationToken.None);
        }
    }

    private async Task<WriteOutcome> WriteAsync(
        StandingWork work,
        IReadOnlyList<StandingStep> steps,
        CancellationToken cancellationToken
    )
    {
        var entry = work.Entry;
        Failure? refused = null;
        var waits = new List<string>(work.Waits);
        var due = new Queue<StandingStep>(steps);
        for (var number = 0; due.TryDequeue(out var step); number++)
        {
            var before = entry.Parts;
            var main = entry.TargetId;
            var turn = number is > 0 and < MostAtOnce ? work.Turn with { Priority = RequestPriority.Live } : work.Turn;
            var outcome = await writer.WriteAsync(
                work.Records.Batch.Connection,
                Plan(work, entry, step, turn),
                cancellationToken
            );
            entry = outcome.Entry;
            if (outcome.Failure is not { } failure)
            {
                // It was deleted in Upflow, and its links with it: they are sent again.
                if (main is not null && entry.TargetId is not null && entry.TargetId != main)
                    due = new Queue<StandingStep>(StandingStep.ThatTakeRoom(Standing.Of(entry.Parts), work.Wanted));
                continue;
            }

            // Upflow said that it did nothing: what stood before stands now.
            if (failure.Class != FailureClass.InDoubt)
                entry = entry with { Parts = before };
            if (failure.Class != FailureClass.Data)
                return new WriteOutcome(entry, failure);

            // It is tried again when one of the link's sides, or the document itself, has room.
            refused ??= Explained(failure, step, work.ExternalId);
            waits.AddRange(RoomWaits.NamesOf(entry.Key, step.Key));

            // One link that is refused does not hold up the others. A document that is refused holds up its links.
            if (step is not StandingStep.Link)
                break;
        }

        return new WriteOutcome(
            entry with
            {
                Waits = [.. waits.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            },
            refused
        );
    }

    private AppWrite Plan(StandingWork work, KeyMapEntry entry, StandingStep step, UpflowTurn turn)
    {
        var account = work.Records.Batch.Access.Upflow();
        var standing = Standing.Of(entry.Parts);
        var externalId = StandingKey.ExternalId(work.ExternalId, step.Key);
        return step switch
        {
            StandingStep.Write write => Write(
                standing.DoubtingDocument(step.Key),
                write.Document.Text,
                async token => UpflowReference.TargetIdOf(await SendAsync(write.Document, token), externalId),
                (row, id) =>
                    row with
                    {
                        Parts = Landed(row, id, standing.WithDocument(step.Key, write.Document.Hash)).ToString(),
                        TargetId = step.Key == StandingKey.Main ? id : row.TargetId,
                        NaturalKey = step.Key == StandingKey.Main ? externalId : row.NaturalKey,
                    }
            ),
            StandingStep.Delete => Write(
                standing.DoubtingDocument(step.Key),
                "",
                async token =>
                {
                    var kind = StandingKey.KindOf(step.Key, work.Main);
                    await upflow.DeleteAsync(account, kind, UpflowReference.OfExternalId(externalId), turn, token);
                    return null;
                },
                (row, _) =>
                    row with
                    {
                        Parts = standing.WithoutDocument(step.Key).ToString(),
                        TargetId = step.Key == StandingKey.Main ? null : row.TargetId,
                    }
            ),
            StandingStep.Link link => Write(
                standing.DoubtingLink(step.Key, link.Wanted.Amount),
                link.Wanted.Named(externalId).Body().ToJsonString(),
                async token =>
                {
                    await upflow.ReconcileAsync(account, link.Wanted.Named(externalId), turn, token);
                    return null;
                },
                (row, _) => row with { Parts = standing.WithLink(step.Key, link.Wanted.Amount).ToString() }
            ),
            _ => Write(
                standing.DoubtingLink(step.Key, 0),
                new UpflowLink(externalId).Body().ToJsonString(),
                async token =>
                {
                    await upflow.ReconcileAsync(account, new UpflowLink(externalId), turn, token);
                    return null;
                },
                (row, _) => row with { Parts = standing.WithoutLink(step.Key).ToString() }
            ),
        };

        Standing Landed(KeyMapEntry row, string? id, Standing stands) =>
            step.Key == StandingKey.Main && row.TargetId is { } main && id != main
                ? stands.WithoutLinksOfMain()
                : stands;

        AppWrite Write(
            Standing under,
            string body,
            Func<CancellationToken, Task<string?>> send,
            Func<KeyMapEntry, string?, KeyMapEntry> landed
        ) =>
            new(
                UpflowWrites.App,
                entry with
                {
                    Parts = under.ToString(),
                    Hash = null,
                },
                step is StandingStep.Write && entry.TargetId is null ? Intent.Create : Intent.Update,
                NameOf(step, externalId),
                body,
                null,
                null,
                UpflowWrites.Answering(send),
                (row, id) => landed(row, id).Note(time.GetUtcNow(), "sent", NameOf(step, externalId))
            )
            {
                SettleAfter = UpflowWrites.SettleAfter,
            };

        Task<UpflowRead> SendAsync(StandingDocument document, CancellationToken cancellationToken) =>
            document switch
            {
                StandingDocument.Payment payment => upflow.PutPaymentAsync(
                    account,
                    payment.Value,
                    turn,
                    cancellationToken
                ),
                StandingDocument.Refund refund => upflow.PutRefundAsync(account, refund.Value, turn, cancellationToken),
                StandingDocument.CreditNote note => upflow.PutCreditNoteAsync(
                    account,
                    note.Value,
                    turn,
                    cancellationToken
                ),
                _ => throw new InvalidOperationException("A document is a payment, a refund or a credit note."),
            };
    }

    private static string NameOf(StandingStep step, string externalId) =>
        step switch
        {
            StandingStep.Write write => $"{write.Document.Name} {externalId}",
            StandingStep.Delete => $"deletion of {externalId}",
            StandingStep.Link => $"link {externalId}",
            _ => $"end of link {externalId}",
        };

    /// <summary>
    /// A link is refused where less is open than it needs, and a document where more of it is linked than it would
    /// have.
    /// Another record may be about to make room, so it is tried again before a person is asked.
    /// </summary>
    private static Failure Explained(Failure failure, StandingStep step, string externalId) =>
        failure.Problem is { Code: "upflow-refused" } refused
            ? failure with
            {
                MayPass = true,
                Problem =
                    step is StandingStep.Link
                        ? new Problem(
                            "upflow-link-refused",
                            refused.Message,
                            "Look at the invoice in Upflow. If it was paid there by other money, take that payment off "
                                + $"it, then retry. If it was paid there by the same money, delete {externalId} in "
                                + "Upflow, which is what this record has there, and ignore this record. Else retry."
                        )
                        : refused,
            }
            : failure;
}
