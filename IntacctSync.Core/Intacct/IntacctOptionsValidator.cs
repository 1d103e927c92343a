using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Intacct;

/// <summary>Stops the host at its start when a setting under <c>Intacct:</c> is wrong.</summary>
internal sealed class IntacctOptionsValidator : IValidateOptions<IntacctOptions>
{
    public ValidateOptionsResult Validate(string? name, IntacctOptions options)
    {
        var problems = options.Problems().ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
