namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>How a record of the sample is meant to end after a full sync into the Intacct simulator's sample.</summary>
/// <param name="State">Record state by its public name: <c>synced</c>, <c>skipped</c>, <c>needsAction</c>.</param>
/// <param name="Problem">What the problem is about, where there is one: <c>email-invalid</c>, <c>sage-id-unknown</c>,
/// <c>sage-id-taken</c>, <c>total-mismatch</c>, <c>location-unknown</c>, <c>number-taken</c>,
/// <c>period-closed</c>.</param>
public sealed record SampleExpectation(string State, string? Problem = null)
{
    internal static SampleExpectation Synced() => new("synced");

    internal static SampleExpectation Skipped() => new("skipped");

    internal static SampleExpectation NeedsAction(string problem) => new("needsAction", problem);
}
