using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;
using NCrontab;

namespace IntacctSync.Core.Review;

/// <summary>Whether and when both sides are compared by itself.</summary>
public sealed class ReviewOptions : IValidatableObject
{
    private const string TimesKey = "Reconcile:Times";

    /// <summary>NCRONTAB with six fields, in UTC; null for never.</summary>
    [Setting(TimesKey, "NCRONTAB with six fields, such as 0 0 3 * * *")]
    public string? Times { get; set; }

    /// <summary>How many days back records with a date are compared.</summary>
    [WholeNumberSetting("Reconcile:Days", 1, 3660)]
    public int Days { get; set; } = 35;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Times is not null && CrontabSchedule.TryParse(Times, new() { IncludingSeconds = true }) is null)
            yield return new ValidationResult(
                $"{TimesKey} is '{Times}'; allowed is NCRONTAB with six fields, such as 0 0 3 * * *."
            );
    }
}

[OptionsValidator]
internal sealed partial class ReviewOptionsValidator : IValidateOptions<ReviewOptions>;
