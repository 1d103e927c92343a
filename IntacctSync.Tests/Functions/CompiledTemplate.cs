using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Functions;

/// <summary>The infrastructure as the compiler of its descriptions reads it.</summary>
/// <param name="Module">The module; empty for the main template.</param>
/// <param name="Body">Resources, parameters, variables, outputs.</param>
internal sealed record CompiledTemplate(string Module, JsonElement Body)
{
    private static readonly string Bicep = Path.Combine(
        typeof(CompiledTemplate)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "Bicep")
            .Value!,
        OperatingSystem.IsWindows() ? "bicep.exe" : "bicep"
    );

    private static readonly Lazy<IReadOnlyList<CompiledTemplate>> Compiled = new(Compile);

    /// <summary>The main template and its modules.</summary>
    public static IReadOnlyList<CompiledTemplate> All => Compiled.Value;

    public static CompiledTemplate Main => All[0];

    public static CompiledTemplate Of(string module) => All.Single(t => t.Module == module);

    /// <summary>Each with its type, condition and properties; a loop is one.</summary>
    public IEnumerable<JsonElement> Resources =>
        Body.GetProperty("resources") is { ValueKind: JsonValueKind.Object } named
            ? named.EnumerateObject().Select(r => r.Value)
            : Body.GetProperty("resources").EnumerateArray();

    public IEnumerable<string> Names(string section) =>
        Body.TryGetProperty(section, out var found) ? found.EnumerateObject().Select(p => p.Name) : [];

    public IEnumerable<JsonElement> OfType(string type) =>
        Resources.Where(r => r.GetProperty("type").GetString() == type);

    /// <returns>The parameters that the main template gives a module.</returns>
    public static JsonElement Given(string module) =>
        Main.OfType("Microsoft.Resources/deployments")
            .Single(d => At(d, "name") == module)
            .GetProperty("properties")
            .GetProperty("parameters");

    /// <param name="element">Where the path begins.</param>
    /// <param name="path">Names of members and places in lists, with colons between them.</param>
    public static string At(JsonElement element, string path) =>
        path.Split(':')
            .Aggregate(
                element,
                (e, name) =>
                    e.ValueKind == JsonValueKind.Array
                        ? e[int.Parse(name, CultureInfo.InvariantCulture)]
                        : e.GetProperty(name)
            )
            .ToString();

    /// <summary>Runs the compiler in the root of the source tree.</summary>
    /// <returns>What it writes, and what it complains of.</returns>
    public static (string Written, string Complaints) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Bicep, arguments)
        {
            WorkingDirectory = RepositoryFiles.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["AZURE_ENV_NAME"] = "test", ["AZURE_LOCATION"] = "westeurope" },
        };
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var written = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (written, complaints.Result);
    }

    private static List<CompiledTemplate> Compile()
    {
        var (written, complaints) = Run("build", "infra/main.bicep", "--stdout");
        Assert.Equal("", complaints);
        var main = new CompiledTemplate("", JsonDocument.Parse(written).RootElement);
        return
        [
            main,
            .. main.OfType("Microsoft.Resources/deployments")
                .Select(d => new CompiledTemplate(
                    d.GetProperty("name").GetString()!,
                    d.GetProperty("properties").GetProperty("template")
                )),
        ];
    }
}
