using System.Globalization;
using IntacctSync.Core.Intacct;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Core.Settings;

/// <summary>
/// Checks the keys of the remote systems before anything is started, so that a wrong one is a line and not a stack
/// trace.
/// </summary>
internal static class RemoteSettings
{
    private const string Timeout = "Intacct:Timeout";

    public static void Check(IConfiguration configuration, SettingReader reader)
    {
        CheckIntacct(reader);
        foreach (var line in IntacctSyncRegistration.AppProblems(configuration))
            reader.Refuse(line);
    }

    private static void CheckIntacct(SettingReader reader)
    {
        var options = new IntacctOptions();
        options.AllowedHosts = reader.Text("Intacct:AllowedHosts") ?? options.AllowedHosts;
        if (reader.Text(Timeout) is { } text)
        {
            if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout))
                options.Timeout = timeout;
            else
                reader.Refuse($"{Timeout} is '{text}'; allowed is hours:minutes:seconds, such as 00:05:00.");
        }

        if (reader.Text("Intacct:Endpoint") is { } endpoint)
        {
            if (Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
                options.Endpoint = address;
            else
                reader.Refuse(
                    $"Intacct:Endpoint is '{endpoint}'; allowed is an https address such as {options.Endpoint}."
                );
        }

        foreach (var line in options.Problems())
            reader.Refuse(line);
    }
}
