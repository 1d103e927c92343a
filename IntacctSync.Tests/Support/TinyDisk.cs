using System.Diagnostics;

namespace IntacctSync.Tests.Support;

/// <summary>A disk of half a megabyte in memory, which can be filled up; on Linux, for root.</summary>
public sealed class TinyDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Missing { get; } =
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "Only root may mount a disk.";

    private string Filler => File("filler");

    public static async Task<TinyDisk> MountAsync()
    {
        var disk = new TinyDisk();
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk._folder.Path);
        return disk;
    }

    public string File(string name) => _folder.File(name);

    /// <summary>Until not one byte more can be written.</summary>
    public async Task FillAsync()
    {
        await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        try
        {
            while (true)
                await filler.WriteAsync(new byte[512]);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Free() => System.IO.File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}

/// <summary>A test that needs a <see cref="TinyDisk"/>.</summary>
public sealed class TinyDiskFactAttribute : FactAttribute
{
    public TinyDiskFactAttribute() => Skip = TinyDisk.Missing;
}
