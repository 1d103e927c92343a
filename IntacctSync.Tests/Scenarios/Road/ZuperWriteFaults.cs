using IntacctSync.Simulators.Zuper;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// Every way in which a write to Zuper can go without an answer that says what became of it, or be refused for now.
/// </summary>
public static class ZuperWriteFaults
{
    public static TheoryData<string> All =>
        [
            ZuperFaults.ResetAfter,
            ZuperFaults.LostAnswer,
            ZuperFaults.Http503After,
            ZuperFaults.TruncatedAnswer,
            ZuperFaults.ResetBefore,
            ZuperFaults.Http500,
            ZuperFaults.Http503,
            ZuperFaults.Http529,
            ZuperFaults.Http429,
        ];
}
