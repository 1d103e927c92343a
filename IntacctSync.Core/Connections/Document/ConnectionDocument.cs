using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Connections.Document;

/// <summary>A document as it was put: its settings, and what it says of each secret.</summary>
public sealed record ConnectionDocument(ConnectionSettings Settings, IReadOnlyDictionary<string, SecretChange> Secrets)
{
    /// <summary>Reads a document and checks everything that can be checked without asking anybody.</summary>
    /// <returns>The document, or null with at least one error.</returns>
    public static ConnectionDocument? Read(JsonElement json, ConnectionRules rules, FieldErrors errors)
    {
        try
        {
            return ReadAll(json, rules, errors);
        }
        catch (InvalidOperationException)
        {
            // JSON can hold half of a surrogate pair, which is not a character.
            errors.Add("", "holds half a character, such as \\ud800 alone; give whole ones");
            return null;
        }
    }

    private static ConnectionDocument? ReadAll(JsonElement json, ConnectionRules rules, FieldErrors errors)
    {
        var root = new DocumentReader(json, "", errors);
        var intacct = root.Child("intacct");
        var secrets = new Dictionary<string, SecretChange>(StringComparer.Ordinal)
        {
            [SecretField.SenderPassword] = intacct.Secret("senderPassword"),
            [SecretField.UserPassword] = intacct.Secret("userPassword"),
        };
        var settings = AppOf(root, rules.Apps).Read(root, rules, secrets) with
        {
            Mode = root.Choice("mode", SyncMode.Live),
            StartDate = root.Date("startDate"),
            Intacct = ReadIntacct(intacct),
            SyncFailureEmails = root.Texts("syncFailureEmails", []),
        };
        foreach (var address in settings.SyncFailureEmails.Where(a => !EmailAddress.IsOne(a)))
            root.Refuse(
                "syncFailureEmails",
                $"holds '{VisibleText.Of(address)}', which is no e-mail address; give each as an entry of its own"
            );
        CheckWebhookSecret(settings.Profile.Secrets.Webhook, secrets, errors);
        intacct.End();
        root.End();
        if (!errors.Any && ConnectionJson.Write(settings).Length is > TableLimits.TextCharacters and var length)
            errors.Add(
                "",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"takes {length} characters as it is stored; at most {TableLimits.TextCharacters} are kept"
                )
            );
        return errors.Any ? null : new ConnectionDocument(settings, secrets);
    }

    /// <summary>One that can't work, or can be guessed, is refused: webhooks are open to everybody.</summary>
    private static void CheckWebhookSecret(string? field, Dictionary<string, SecretChange> secrets, FieldErrors errors)
    {
        if (field is null || secrets.GetValueOrDefault(field)?.Value is not { } secret)
            return;
        if (WebhookSecretRule.Objection(secret) is { } objection)
            errors.Add(field, objection);
    }

    /// <summary>The app that a document names; where there is none such the rest is read as the usual one's.</summary>
    private static IAppProfile AppOf(DocumentReader root, AppProfiles apps)
    {
        var name = root.Text("app", apps.Usual.Name)!;
        if (apps.Find(name) is { } app)
            return app;
        root.Refuse(
            "app",
            $"is '{name}'; this version serves {string.Join(" and ", apps.All.Select(a => $"'{a.Name}'"))}"
        );
        return apps.Usual;
    }

    /// <summary>
    /// The document as the API shows it: every setting with its value, every secret only as set or not.
    /// </summary>
    public static JsonObject Show(ConnectionSettings settings, IReadOnlySet<string> secretsSet)
    {
        var json = JsonSerializer.SerializeToNode(settings, settings.GetType(), ConnectionJson.Options)!.AsObject();
        foreach (var field in settings.Profile.Secrets.All)
        {
            var (group, name) = (field.Split('.')[0], field.Split('.')[1]);
            json[group]!.AsObject()[name] = new JsonObject { ["set"] = secretsSet.Contains(field) };
        }

        return json;
    }

    private static IntacctSettings ReadIntacct(DocumentReader intacct) =>
        new()
        {
            SenderId = intacct.Required("senderId"),
            CompanyId = intacct.Required("companyId"),
            UserId = intacct.Required("userId"),
            EntityId = intacct.Text("entityId"),
            MonthlyTransactions = intacct.Number("monthlyTransactions", 100_000, 1, 1_000_000_000),
        };
}

/// <summary>What a document may name.</summary>
/// <param name="Apps">The apps that a connection can be to.</param>
/// <param name="Hosts">The hosts that calls to apps may go to.</param>
public sealed record ConnectionRules(AppProfiles Apps, HostAllowList Hosts);
