using System.Globalization;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
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
        var zuper = new ZuperOptions();
        zuper.Read(configuration);
        foreach (var line in new ZuperOptionsValidator().Validate(null, zuper).Failures ?? [])
            reader.Refuse(line);
        CheckUpflow(reader, zuper.AllowedHosts);
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

    private static void CheckUpflow(SettingReader reader, string allowedHosts)
    {
        if (reader.Text("Upflow:Endpoint") is not { } endpoint)
            return;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
        {
            reader.Refuse(
                $"Upflow:Endpoint is '{endpoint}'; allowed is an https address such as https://api.upflow.io/v1."
            );
            return;
        }

        try
        {
            if (HostAllowList.Parse(allowedHosts).Objection(address) is { } objection)
                reader.Refuse($"Upflow:Endpoint: {objection} The list is {ZuperOptions.AllowedHostsKey}.");
        }
        catch (FormatException)
        {
            // The list itself is wrong, and that has its line already.
        }
    }
}
