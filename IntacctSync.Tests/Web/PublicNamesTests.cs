using System.Reflection;
using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Review;
using IntacctSync.Web.Operations;

namespace IntacctSync.Tests.Web;

/// <summary>
/// Members of answers that others read by name: more may be added, and none of these may be renamed or removed.
/// </summary>
public sealed class PublicNamesTests
{
    public static TheoryData<Type, string> Answers =>
        new()
        {
            { typeof(RoleNeed), "application permission level for" },
            { typeof(TransactionBudget), "month transactions allowance forecast byFlow" },
            { typeof(FlowBudget), "flow reads writes" },
            { typeof(RecordExplanation), "source target mapped differences wouldDo why request" },
            { typeof(FieldDifference), "field source target" },
            { typeof(RunView), "runId kind flow state found done failed startedAt endedAt report" },
            { typeof(ReconcileReport), "runId since until equal differences flows sums sumsLeftOut records" },
            { typeof(FlowComparisonCounts), "flow source linked equal differ leftOut onlyAtTarget" },
            { typeof(ComparedSum), "flow day currency sourceCount sourceSum targetCount targetSum isEqual" },
            { typeof(RecordDifference), "flow sourceId title targetId date field source target cause why repair" },
            { typeof(RunStarted), "runId" },
            { typeof(ConnectionStatus), "stop mail webhooks flows intacctTransactionsThisMonth countedAt" },
            { typeof(StopStatus), "code message fix since" },
            { typeof(MailStatus), "lastSentAt lastError" },
            { typeof(WebhookStatistics), "lastAcceptedAt refusedToday" },
            {
                typeof(FlowStatus),
                "flow enabled cursor lastRunAt lastSuccessAt pending synced skipped needsAction dead oldestPendingAt"
            },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_keeps_the_names_of_its_members(Type answer, string names)
    {
        var members = answer
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(names.Split(' '), name => Assert.Contains(name, members));
    }
}
