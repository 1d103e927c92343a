using IntacctSync.Core.Settings;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local;

/// <summary>
/// Makes lines of the start-up errors that a person can mend. Any other exception is a defect, and ends with its stack
/// trace.
/// </summary>
internal static class StartProblems
{
    public static IReadOnlyList<string>? Of(Exception exception) =>
        exception switch
        {
            WrongSettingsException wrong => wrong.Lines,
            InvalidDataException file =>
            [
                $"{file.Message} {file.InnerException?.InnerException?.Message ?? file.InnerException?.Message} "
                    + $"Allowed is JSON, or to leave the file out.",
            ],
            TableUnavailableException store =>
            [
                $"{(store.InnerException is SqliteFaultException ? LocalStorageOptions.PathKey : "Storage")}: "
                    + $"{store.Message}",
            ],
            _ => SettingsRegistration.LinesOf(exception),
        };
}
