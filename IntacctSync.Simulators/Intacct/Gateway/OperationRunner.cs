using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Functions;
using IntacctSync.Simulators.Intacct.Requests;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>Carries out the functions of an operation, in their order, one operation of a company at a time.</summary>
internal sealed class OperationRunner(
    IntacctSimulatorOptions options,
    TimeProvider clock,
    SessionStore sessions,
    FaultRules faults,
    Func<string> supportId
)
{
    public XElement Run(GatewayRequest request, OperationRequest operation, Session session)
    {
        lock (session.Company.Lock)
        {
            var results = Results(request, operation, session);
            session.Company.Books.Commit();
            return new XElement(
                "operation",
                Authentication(session, operation),
                results.Select(r =>
                    (r with { SupportIds = r.SupportIds || options.SupportIds }).ToXml(
                        supportId,
                        request.AdditionalErrorInfo
                    )
                )
            );
        }
    }

    private List<FunctionResult> Results(GatewayRequest request, OperationRequest operation, Session session)
    {
        var company = session.Company;
        var context = new CallContext(session, options, clock, company.Random, sessions);
        var mark = company.Books.Mark();
        var executed = new List<string>();
        var results = new List<FunctionResult>();
        foreach (var call in operation.Functions)
        {
            var result = One(context, request, operation, call);
            results.Add(result);
            var burnt = result.Succeeded || result.Status is null || options.FailedFunctionsBurnIds;
            if (request.UniqueId && burnt && company.ExecutedControlIds.Add(call.ControlId))
                executed.Add(call.ControlId);
            if (operation.Transaction && result.Status is "failure" or "aborted")
            {
                company.Books.RollBack(mark);
                company.ExecutedControlIds.ExceptWith(executed);
                // A function that is alone comes back as aborted, not as failed.
                results = results.ConvertAll(r => r.RolledBack());
                if (operation.Functions.Count == 1)
                    results[0] = results[0] with { Status = "aborted" };
                context.Written.Clear();
                break;
            }
        }
        foreach (var (verb, name) in context.Written)
            company.Counters.Add(verb, name);
        return results;
    }

    private FunctionResult One(
        CallContext context,
        GatewayRequest request,
        OperationRequest operation,
        FunctionCall call
    )
    {
        var result = new FunctionResult(call.Name, call.ControlId);
        var fault = faults.Take(
            IntacctFaults.Function,
            [.. Facts.Of(call), new("company", context.Company.Id), new("user", context.Session.User.UserId)]
        );
        try
        {
            if (call.Name == "getAPISession" && request.Functions.Count() > 1)
                throw new RefusedException(
                    new IntacctError("Get API Session Failed", "getAPISession must be the only function of its request")
                );
            RequirePermission(context, call);
            if (request.UniqueId && context.Company.ExecutedControlIds.Contains(call.ControlId))
                return Replayed(context, result);
            result = FunctionFaults.Instead(fault, result) ?? Dispatch.Run(context, call);
        }
        catch (RefusedException refused)
        {
            result = result.Failed(refused.Errors);
        }
        return FunctionFaults.Applied(fault, result);
    }

    private FunctionResult Replayed(CallContext context, FunctionResult result)
    {
        context.Company.Counters.Add("replay");
        return options.ReplayAnswer == ReplayAnswer.WithoutStatus
            ? result with
            {
                Status = null,
            }
            : result.Failed(
                IntacctError.Wrapper(
                    $"The function with control ID '{result.ControlId}' was already executed and completed."
                )
            );
    }

    private static void RequirePermission(CallContext context, FunctionCall call)
    {
        if (Dispatch.Operation(call.Name) is not { } operation)
            return;
        var user = context.Session.User.UserId;
        string[] denials =
        [
            $"{user}/{call.Object}/{operation}",
            $"{user}/{call.Object}/*",
            $"{user}/*/{operation}",
            $"{user}/*/*",
        ];
        if (!denials.Any(context.Company.Denied.Contains))
            return;
        context.Company.DeniedCalls.Add(denials[0]);
        throw new RefusedException(
            new IntacctError(
                "PL04000005",
                $"You do not have permission for API operation {operation} on objects of type "
                    + $"{call.Object.ToLowerInvariant()}"
            )
        );
    }

    private XElement Authentication(Session session, OperationRequest operation)
    {
        var now = clock.GetUtcNow();
        var company = session.Company.Id;
        var isOther =
            operation.Functions.Any(f => f.Name == "getAPISession")
            && faults.Take([IntacctFaults.OtherCompany], [new("company", company)]) is not null;
        return new XElement(
            "authentication",
            new XElement("status", "success"),
            new XElement("userid", session.User.UserId),
            new XElement("companyid", isOther ? $"{company}-other" : company),
            new XElement("locationid", session.Entity),
            new XElement("sessiontimestamp", Written(now)),
            new XElement("sessiontimeout", Written(now + options.SessionDuration))
        );
    }

    private static string Written(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
}
