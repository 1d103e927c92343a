using IntacctSync.Core.Settings;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local;

/// <summary>
/// What a person can mend when the host does not start, as lines; everything else is a defect and shows itself as one.
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
                $"{(store.InnerException is SqliteFaultException ? LocalSettings.StoragePathKey : "Storage")}: "
                    + $"{store.Message}",
            ],
            _ => SettingsRegistration.LinesOf(exception),
        };
}
