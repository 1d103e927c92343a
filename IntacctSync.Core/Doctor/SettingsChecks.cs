using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;

namespace IntacctSync.Core.Doctor;

/// <summary>
/// Whether a connection has what it needs, without asking anybody. Its document was checked when it was put.
/// </summary>
internal sealed class SettingsChecks(ConnectionSecrets secrets)
{
    public Task MakeAsync(Connection connection, Examination examination) =>
        examination.MakeAsync(
            CheckNames.Settings,
            null,
            async cancellationToken =>
            {
                var fields = connection.Settings.Profile.Secrets;
                var set = await secrets.SetAsync(connection, cancellationToken);
                var missing = fields.Required.Where(field => !set.Contains(field)).ToList();
                if (missing.Count > 0)
                {
                    throw new CheckFailedException(
                        $"{string.Join(", ", missing)} {(missing.Count == 1 ? "has" : "have")} no value.",
                        $"Enter a value for {string.Join(", ", missing)} in the settings of the connection."
                    );
                }

                return fields.Webhook is not { } webhook || set.Contains(webhook)
                    ? Finding.Passed("All settings and secrets are there.")
                    : Finding.Advice(
                        $"All that is required is there. Without {webhook} webhooks are "
                            + $"refused, and changes are found at the next sweep.",
                        $"Enter a value for {webhook} in the settings of the connection, and register webhooks that "
                            + "send it, to have changes carried over at once."
                    );
            }
        );
}
