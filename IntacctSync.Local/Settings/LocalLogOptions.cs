using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Local.Settings;

/// <summary>Where this host keeps the files of its log, and for how long.</summary>
internal sealed class LocalLogOptions
{
    public const string PathKey = "Log:Path";

    /// <summary>Beside the tables.</summary>
    public const string DefaultFolder = "logs";

    /// <summary>Null where it is <see cref="DefaultFolder"/>.</summary>
    [PlaceSetting(PathKey)]
    public string? Path { get; set; }

    /// <summary>0 where no files are written.</summary>
    [WholeNumberSetting("Log:Days", 0, 3660)]
    public int Days { get; set; } = 31;
}

[OptionsValidator]
internal sealed partial class LocalLogOptionsValidator : IValidateOptions<LocalLogOptions>;
