using System.Globalization;
using System.Net.Mail;

namespace IntacctSync.Local.Settings;

/// <summary>Checks the keys under <c>Email:Smtp</c>: they count only with a host, and then an address to send from is needed.</summary>
internal static class MailSettings
{
    public static void Check(SettingReader reader)
    {
        if (reader.Text("Email:Smtp:Port") is { } port
            && !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535))
        {
            reader.Refuse($"Email:Smtp:Port is '{port}'; allowed is a whole number from 1 to 65535.");
        }

        reader.Word("Email:Smtp:StartTls", ["true", "false"]);
        var from = reader.Text("Email:Smtp:From");
        if (from is not null && !MailAddress.TryCreate(from, out _))
            reader.Refuse($"Email:Smtp:From is '{from}'; allowed is an e-mail address.");
        if (reader.Text("Email:Smtp:Host") is not null && from is null)
            reader.Refuse("Email:Smtp:From is missing; allowed is the e-mail address to send from, which Email:Smtp:Host needs beside it.");
        if (reader.Text("Email:Smtp:Password") is not null && reader.Text("Email:Smtp:User") is null)
            reader.Refuse("Email:Smtp:User is missing; allowed is the name that Email:Smtp:Password belongs to.");
    }
}
