using System.CommandLine;
using System.Text.Json.Nodes;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Local.Backups;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local.Cli;

/// <summary>
/// Copies of what a host keeps: backup, restore. They read and write its files, so they run on its machine, as its
/// user.
/// </summary>
internal static class BackupVerbs
{
    public static IEnumerable<Command> Make(VerbMaker maker) =>
        [
            maker.OfFiles(
                "backup",
                "Copies tables and queue as of one moment, key and secrets, into a new folder. The host may run.",
                ["backup /backups/2026-02-03", "backup /backups/2026-02-03 --without-secrets"],
                Backup,
                Folder("A folder that is not there yet."),
                VerbMaker.Switch("--without-secrets", "Leaves the secrets out; keep a copy of them elsewhere.")
            ),
            maker.OfFiles(
                "restore",
                "Puts a copy back where the host looks for it. The host must not run, and nothing be in the way.",
                ["restore /backups/2026-02-03"],
                Restore,
                Folder("A folder that backup has made.")
            ),
        ];

    private static Argument<string> Folder(string text) => new("folder") { Description = text };

    private static int Backup(FileCall call)
    {
        var folder = new BackupFolder(call.Asked.GetValue<string>("folder")!);
        var withSecrets = !call.Asked.GetValue<bool>("--without-secrets");
        if (call.Settings.Tables is null && !File.Exists(call.Settings.StoragePath))
            throw new VerbFailedException(
                ExitCodes.UsedWrongly,
                $"There is no {Path.GetFullPath(call.Settings.StoragePath)}: run this in the host's folder, or say "
                    + "where its tables are with --store."
            );
        Try(() => folder.Take(call.Settings, withSecrets));
        return Tell(
            call,
            folder,
            [
                $"Copied to {folder.Path}, and looked through:",
                call.Settings.Tables is not null ? "The tables are in Azure, and not in the copy." : "",
                withSecrets && call.Settings.Vault is null
                    ? "Whoever has the copy has the secrets: keep it as safe as them."
                    : "The secrets are not in the copy.",
            ]
        );
    }

    private static int Restore(FileCall call)
    {
        var folder = new BackupFolder(call.Asked.GetValue<string>("folder")!);
        Try(() => folder.PutBack(call.Settings));
        return Tell(
            call,
            folder,
            [
                $"Put back from {folder.Path}:",
                "Start the host. It looks again at what has changed since the copy; then compare both sides: "
                    + "intacctsync reconcile",
            ]
        );
    }

    private static int Tell(FileCall call, BackupFolder folder, IReadOnlyList<string> text)
    {
        var files = folder.Files();
        if (call.Terminal.Json)
        {
            call.Terminal.Write(
                new JsonObject
                {
                    ["folder"] = folder.Path,
                    ["files"] = new JsonArray([
                        .. files.Select(f => new JsonObject { ["name"] = f.Name, ["bytes"] = f.Bytes }),
                    ]),
                }
            );
            return ExitCodes.Done;
        }

        call.Terminal.Paragraph(text[0]);
        call.Terminal.Line();
        call.Terminal.Table(
            ["file", "bytes"],
            files.Select(f =>
                (IReadOnlyList<string>)[f.Name, f.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture)]
            )
        );
        call.Terminal.Line();
        foreach (var line in text.Skip(1).Where(l => l.Length > 0))
            call.Terminal.Paragraph(line);
        return ExitCodes.Done;
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteFaultException)
        {
            throw new VerbFailedException(ExitCodes.UsedWrongly, e.Message);
        }
    }
}

/// <summary>One call of a verb that works with the files of a host.</summary>
internal sealed record FileCall(ParseResult Asked, LocalSettings Settings, Terminal Terminal);
