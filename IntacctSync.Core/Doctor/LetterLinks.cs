using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Notifications;

namespace IntacctSync.Core.Doctor;

/// <summary>Whether the links in the letters about failures open a page for those who get them. Pure.</summary>
internal static class LetterLinks
{
    /// <returns>Advice where this host's address is not known; null where nothing is to be said: it is known, no
    /// letters are sent, or nobody gets them.</returns>
    public static Finding? Look(Connection connection, EmailOptions email)
    {
        if (!email.On || email.LinkBase is not null || connection.Settings.SyncFailureEmails.Count == 0)
            return null;
        return Finding.Advice(
            email.OwnAddress is { } own
                ? $"Letters about failures lead to {own}, which opens on the machine of this host only."
                : "Letters about failures have links without an address, which no mail program opens.",
            "Set Email:LinkBase to the address at which people reach this host, such as https://sync.example.com."
        );
    }
}
