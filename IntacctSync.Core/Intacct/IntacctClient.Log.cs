using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Responses;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Intacct;

public sealed partial class IntacctClient
{
    internal static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Debug,
            "Intacct company {Company} answered {Functions} in {ElapsedMs:F0} ms: {Outcome} (support id {SupportId})"
        )]
        public static partial void Answered(
            ILogger logger,
            string company,
            string functions,
            double elapsedMs,
            string outcome,
            string? supportId
        );

        [LoggerMessage(
            2,
            LogLevel.Information,
            "Intacct company {Company}: {Function} {ControlId} is {Status}, {Failure}: {Numbers} (support id "
                + "{SupportId})"
        )]
        public static partial void NotDone(
            ILogger logger,
            string company,
            string function,
            ControlId controlId,
            FunctionStatus status,
            IntacctFailure? failure,
            string numbers,
            string? supportId
        );

        [LoggerMessage(
            3,
            LogLevel.Information,
            "Intacct company {Company} gave no results for {Functions} after {ElapsedMs:F0} ms: {Failure}, "
                + "outcome unknown {OutcomeUnknown}: {Numbers} (support id {SupportId})"
        )]
        public static partial void Failed(
            ILogger logger,
            string company,
            string functions,
            double elapsedMs,
            IntacctFailure failure,
            bool outcomeUnknown,
            string numbers,
            string? supportId
        );

        [LoggerMessage(
            4,
            LogLevel.Information,
            "Intacct company {Company} no longer knows the session; logging in again"
        )]
        public static partial void SessionLost(ILogger logger, string company);

        [LoggerMessage(5, LogLevel.Trace, "To Intacct company {Company}: {Request}")]
        public static partial void Sending(ILogger logger, string company, string request);
    }
}
